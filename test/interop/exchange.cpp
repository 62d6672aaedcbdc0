// Writes, checks and prints the ship of run.mjs with C++ FlatBuffers and the code that flatc made from ledger.fbs.
//
//   exchange write FILE | exchange write-prefixed FILE
//   exchange check FILE | exchange check-prefixed FILE     exit status 0 if the generated verifier accepts it
//   exchange print FILE                                    the values, one per line

#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "ledger_generated.h"

using namespace harbour;

static std::vector<uint8_t> build(bool prefixed) {
  flatbuffers::FlatBufferBuilder b;
  auto dinghy = CreateShip(b, b.CreateString("dinghy"), Tide_Slack, 0, 2.5f, 0, 0, 0, Cargo_Rope, CreateRope(b, 7).Union());
  auto fish = CreateFish(b, b.CreateString("herring"), 1234.5).Union();
  auto name = b.CreateString("Möwe 7");
  auto crew = b.CreateVectorOfStrings({"Ada", "", "Żubr"});
  auto log = b.CreateVector(std::vector<int16_t>{-32768, 0, 32767});
  std::vector<Berth> berths = {Berth(3, 12.5f), Berth(250, -0.25f)};
  auto berth_vector = b.CreateVectorOfStructs(berths);
  auto tenders = b.CreateVector(std::vector<flatbuffers::Offset<Ship>>{dinghy});
  auto ship = CreateShip(b, name, Tide_Flood, UINT64_MAX, 3.75f, berth_vector, crew, log, Cargo_Fish, fish, tenders);
  if (prefixed) FinishSizePrefixedShipBuffer(b, ship);
  else FinishShipBuffer(b, ship);
  return std::vector<uint8_t>(b.GetBufferPointer(), b.GetBufferPointer() + b.GetSize());
}

static void print(const Ship &ship) {
  std::cout << ship.name()->str() << "\n" << EnumNameTide(ship.tide()) << "\n" << ship.tonnage() << "\n" << ship.draught() << "\n";
  if (ship.berths()) for (const Berth *berth : *ship.berths()) std::cout << int(berth->pier()) << " " << berth->metres() << "\n";
  if (ship.crew()) for (const flatbuffers::String *one : *ship.crew()) std::cout << "[" << one->str() << "]\n";
  if (ship.log()) for (int16_t entry : *ship.log()) std::cout << entry << "\n";
  std::cout << EnumNameCargo(ship.cargo_type()) << "\n";
  if (const Fish *fish = ship.cargo_as_Fish()) std::cout << fish->species()->str() << " " << fish->kilos() << "\n";
  if (const Rope *rope = ship.cargo_as_Rope()) std::cout << rope->metres() << "\n";
  if (ship.tenders()) for (const Ship *tender : *ship.tenders()) print(*tender);
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  const std::string what = argv[1];
  if (what == "write" || what == "write-prefixed") {
    const auto bytes = build(what == "write-prefixed");
    std::ofstream(argv[2], std::ios::binary).write(reinterpret_cast<const char *>(bytes.data()), bytes.size());
    return 0;
  }
  std::ifstream file(argv[2], std::ios::binary);
  const std::vector<char> bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  flatbuffers::Verifier verifier(reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size());
  const bool prefixed = what == "check-prefixed";
  if (!(prefixed ? VerifySizePrefixedShipBuffer(verifier) : VerifyShipBuffer(verifier))) return 1;
  if (what == "print") print(*GetShip(bytes.data()));
  return 0;
}
