"""Mutants that no test notices, each with the reason why that is right. `make mutants` fails on one that is not named here."""

ONLY_WORK = "asks or adds what nobody uses afterwards: more work, the same answer"

SURVIVORS: dict[str, str] = {
    "belongings/gate.py _hats_through_shares: Q(thing__in=things, bond__seats__person=person) → Q(bond__seats__person=person)": (
        "the hats of other things lie in a dictionary from which only the things asked for are taken: "
        + ONLY_WORK
    ),
    "belongings/gate.py hats_to_each: hats_once_shared(of_others, person, at) if of_others else {} → hats_once_shared(of_others, person, at)": (
        "asked about nothing, it answers nothing: " + ONLY_WORK
    ),
    "belongings/gate.py note_looks: if not of_others: → if False": (
        "nothing is left to write down for anybody: " + ONLY_WORK
    ),
}
