/**
 * Jobs of lazy reading, on a `fair.World`. Each takes every monster out of its vector and one thing out of the
 * monster, and gives the sum, so that all contenders can be seen to read the same.
 */
export function readLoops(flatlens, open) {
  return {
    open(input) {
      const { schema, bytes } = open(input);
      const options = { rootType: input.rootType, trusted: true };
      return { once: () => flatlens.read(schema, bytes, options) };
    },

    "read-get"(input) {
      return counted(getLoops[input.field], monstersOf(input).monsters);
    },

    "read-reader"(input) {
      if (flatlens.fieldReader === undefined) return { skip: "fieldReader is not there yet" };
      const { schema, monsters } = monstersOf(input);
      const reader = (name) => flatlens.fieldReader(schema, "fair.Monster", name);
      return counted(readerLoops[input.field](reader), monsters);
    },
  };

  function monstersOf(input) {
    const { schema, bytes } = open(input);
    return { schema, monsters: flatlens.read(schema, bytes, { trusted: true }).get("monsters") };
  }
}

function counted(loop, monsters) {
  return { once: () => loop(monsters), facts: { reads: monsters.length, sum: loop(monsters) } };
}

// One function for each field, as somebody would write it.
const getLoops = {
  hp(monsters) {
    let sum = 0;
    for (let i = 0; i < monsters.length; i++) sum += monsters.at(i).get("hp");
    return sum;
  },
  score(monsters) {
    let sum = 0;
    for (let i = 0; i < monsters.length; i++) sum += monsters.at(i).get("score");
    return sum;
  },
  "pos.x"(monsters) {
    let sum = 0;
    for (let i = 0; i < monsters.length; i++) sum += monsters.at(i).get("pos").get("x");
    return sum;
  },
  name(monsters) {
    let sum = 0;
    for (let i = 0; i < monsters.length; i++) sum += monsters.at(i).get("name").length;
    return sum;
  },
};

const readerLoops = {
  hp(reader) {
    const hp = reader("hp");
    return (monsters) => {
      let sum = 0;
      for (let i = 0; i < monsters.length; i++) sum += hp(monsters.at(i));
      return sum;
    };
  },
  score(reader) {
    const score = reader("score");
    return (monsters) => {
      let sum = 0;
      for (let i = 0; i < monsters.length; i++) sum += score(monsters.at(i));
      return sum;
    };
  },
  "pos.x"(reader) {
    const x = reader("pos.x");
    return (monsters) => {
      let sum = 0;
      for (let i = 0; i < monsters.length; i++) sum += x(monsters.at(i));
      return sum;
    };
  },
  name(reader) {
    const name = reader("name");
    return (monsters) => {
      let sum = 0;
      for (let i = 0; i < monsters.length; i++) sum += name(monsters.at(i)).length;
      return sum;
    };
  },
};
