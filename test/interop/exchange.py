"""Writes and reads the ship of run.mjs with Python's flatbuffers and the code that flatc made from ledger.fbs.

    exchange.py write FILE          exchange.py read FILE   (prints JSON)
"""
import json
import sys

import flatbuffers
from harbour import Cargo, Fish, Rope, Ship

TIDES = {-1: "Ebb", 0: "Slack", 1: "Flood"}


def write(path):
    b = flatbuffers.Builder(0)
    rope_metres = 7
    Rope.RopeStart(b)
    Rope.RopeAddMetres(b, rope_metres)
    rope = Rope.RopeEnd(b)
    dinghy_name = b.CreateString("dinghy")
    Ship.ShipStart(b)
    Ship.ShipAddName(b, dinghy_name)
    Ship.ShipAddCargoType(b, Cargo.Cargo.Rope)
    Ship.ShipAddCargo(b, rope)
    dinghy = Ship.ShipEnd(b)

    species = b.CreateString("herring")
    Fish.FishStart(b)
    Fish.FishAddSpecies(b, species)
    Fish.FishAddKilos(b, 1234.5)
    fish = Fish.FishEnd(b)

    name = b.CreateString("Möwe 7")
    crew = vector(b, Ship.ShipStartCrewVector, [b.CreateString(s) for s in ["Ada", "", "Żubr"]])
    Ship.ShipStartLogVector(b, 3)
    for value in [32767, 0, -32768]:
        b.PrependInt16(value)
    log = b.EndVector()
    Ship.ShipStartBerthsVector(b, 2)
    for pier, metres in [(250, -0.25), (3, 12.5)]:
        b.Prep(4, 8)
        b.PrependFloat32(metres)
        b.Pad(3)
        b.PrependUint8(pier)
    berths = b.EndVector()
    tenders = vector(b, Ship.ShipStartTendersVector, [dinghy])

    Ship.ShipStart(b)
    Ship.ShipAddName(b, name)
    Ship.ShipAddTide(b, 1)
    Ship.ShipAddTonnage(b, 2**64 - 1)
    Ship.ShipAddDraught(b, 3.75)
    Ship.ShipAddBerths(b, berths)
    Ship.ShipAddCrew(b, crew)
    Ship.ShipAddLog(b, log)
    Ship.ShipAddCargoType(b, Cargo.Cargo.Fish)
    Ship.ShipAddCargo(b, fish)
    Ship.ShipAddTenders(b, tenders)
    b.Finish(Ship.ShipEnd(b), file_identifier=b"SHIP")
    with open(path, "wb") as file:
        file.write(b.Output())


def vector(b, start, offsets):
    start(b, len(offsets))
    for offset in reversed(offsets):
        b.PrependUOffsetTRelative(offset)
    return b.EndVector()


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    assert Ship.Ship.ShipBufferHasIdentifier(data, 0), "the identifier is missing"
    print(json.dumps(plain(Ship.Ship.GetRootAs(data, 0)), ensure_ascii=False, separators=(",", ":")))


def plain(ship):
    """Only what is not the default, in the order of the schema: the rule of the JSON text it is compared with."""
    out = {"name": ship.Name().decode()}
    if ship.Tide() != 0:
        out["tide"] = TIDES[ship.Tide()]
    if ship.Tonnage() != 0:
        out["tonnage"] = ship.Tonnage()
    if ship.Draught() != 2.5:
        out["draught"] = ship.Draught()
    if not ship.BerthsIsNone():
        berths = [ship.Berths(i) for i in range(ship.BerthsLength())]
        out["berths"] = [{"pier": berth.Pier(), "metres": berth.Metres()} for berth in berths]
    if not ship.CrewIsNone():
        out["crew"] = [ship.Crew(i).decode() for i in range(ship.CrewLength())]
    if not ship.LogIsNone():
        out["log"] = [ship.Log(i) for i in range(ship.LogLength())]
    if ship.CargoType() == Cargo.Cargo.Fish:
        fish = Fish.Fish()
        fish.Init(ship.Cargo().Bytes, ship.Cargo().Pos)
        out["cargo_type"] = "Fish"
        out["cargo"] = {"species": fish.Species().decode(), "kilos": fish.Kilos()}
    if ship.CargoType() == Cargo.Cargo.Rope:
        rope = Rope.Rope()
        rope.Init(ship.Cargo().Bytes, ship.Cargo().Pos)
        out["cargo_type"] = "Rope"
        out["cargo"] = {"metres": rope.Metres()}
    if not ship.TendersIsNone():
        out["tenders"] = [plain(ship.Tenders(i)) for i in range(ship.TendersLength())]
    return out


{"write": write, "read": read}[sys.argv[1]](sys.argv[2])
