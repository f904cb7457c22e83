"""The verbs on a consignment. Those that take a `db` run inside the transaction of the message."""

from collections.abc import Sequence
from datetime import timedelta

from models.border.consignments import cheds
from models.border.consignments.queries import find, holders, of_reference, said_by_customs
from models.border.consignments.settlement import Source, passage_of, seen_by, settle
from models.border.consignments.tables import Consignment
from models.border.consignments.terms import terms_of
from models.border.passage import facts
from models.border.passage.content import Ched, ContainerMovement, CustomsResponse, StepEvent
from models.border.passage.facts import Said
from models.border.passage.fold import SKEW, Fact
from models.border.passage.keys import KeyKind, distinct, normalise
from models.border.passage.steps import USUAL_AUTHORITY
from models.border.passage.vocabulary import StepKind, StepStatus
from models.kernel import clock, french
from models.kernel.database import DbSession

_VOYAGE = timedelta(days=60)
"""A container number comes back on later voyages: a movement counts only this near to the notification."""

Key = tuple[KeyKind, str]


def notify(db: DbSession, ched: Ched, source: Source) -> tuple[Consignment, list[Key]]:
    """A CHED came in: open its consignment, or bring it up to date (SES-02).

    A CHED older than the one we have adds its facts to the history and changes nothing else. Returns the
    consignment and the references that are new to it, for which messages may be waiting.
    """
    consignment = of_reference(db, ched.reference)
    if consignment is None:
        return _open(db, ched, source)
    before = seen_by(consignment)
    if not cheds.is_late(consignment, ched):
        mrn = consignment.mrn
        sirens = cheds.describe(db, consignment, ched)
        if mrn not in ("", consignment.mrn) and _told_by_customs(db, consignment):
            consignment.mrn = mrn  # theirs to give; the one that the CHED cites stays a key
        cheds.replace_parts(db, consignment, ched, sirens)
    new_keys = cheds.learn_keys(db, consignment, cheds.keys_of(ched))
    settle(db, consignment, facts.said_by_ched(ched), "consignment.updated", source, before=before)
    return consignment, new_keys


def _open(db: DbSession, ched: Ched, source: Source) -> tuple[Consignment, list[Key]]:
    """Nothing is written of it yet: nothing needs to be read, and each table is written once."""
    consignment, keys = cheds.open_consignment(ched), cheds.keys_of(ched)
    sirens = cheds.describe(db, consignment, ched)
    consignment.parts_digest = cheds.parts_digest(ched)
    settle(db, consignment, facts.said_by_ched(ched), "consignment.notified", source)
    cheds.write_parts(db, consignment, ched, sirens)
    cheds.write_keys(db, consignment, keys, terms_of(consignment.title, ched))
    return consignment, keys


def declare(db: DbSession, response: CustomsResponse, source: Source) -> tuple[list[Consignment], list[Key]]:
    """Customs answered about a declaration: tie it by MRN, cited CHED or local reference (SES-02)."""
    consignments = _declared(db, response)
    new_keys: list[Key] = []
    for consignment in consignments:
        if response.function == "10":
            # Another declaration may bear the same local reference from now on: wake what waits for that.
            new_keys += distinct([(KeyKind.LOCAL, consignment.local_reference)])
        elif response.mrn and consignment.mrn != response.mrn:
            if not consignment.mrn or not _is_late(db, consignment, response):
                consignment.mrn = response.mrn
            new_keys += cheds.learn_keys(db, consignment, distinct([(KeyKind.MRN, response.mrn)]))
        settle(db, consignment, facts.said_by_customs(response), "consignment.declared", source)
    return consignments, new_keys


def _declared(db: DbSession, response: CustomsResponse) -> list[Consignment]:
    by_mrn = find(db, KeyKind.MRN, response.mrn)
    cited = [consignment for ref in response.cited_cheds for consignment in find(db, KeyKind.CHED, ref)]
    if by_mrn or cited:
        return list({consignment.reference: consignment for consignment in [*by_mrn, *cited]}.values())
    # Two traders may have drawn the same local reference: it ties only when it can mean one consignment.
    local = [
        consignment
        for consignment in find(db, KeyKind.LOCAL, response.local_reference)
        if consignment.closed_at is None and (not consignment.mrn or _invalidated(db, consignment))
    ]
    return local if len(local) == 1 else []


def _invalidated(db: DbSession, consignment: Consignment) -> bool:
    """Whether its declaration has no force any more, so that another may take its place."""
    passage = passage_of(db, consignment)
    return passage.status(StepKind.DECLARATION) == StepStatus.CANCELLED


def _is_late(db: DbSession, consignment: Consignment, response: CustomsResponse) -> bool:
    """Whether customs said something more recent of the consignment than `response`."""
    return said_by_customs(db, consignment.id, response.issued_at, clock.now() + SKEW)


def _told_by_customs(db: DbSession, consignment: Consignment) -> bool:
    """Whether customs answered about a declaration that still has force."""
    return said_by_customs(db, consignment.id) and not _invalidated(db, consignment)


def arrive(db: DbSession, movements: Sequence[ContainerMovement], source: Source) -> list[Consignment]:
    """A port put containers ashore: their consignments have arrived (SES-02)."""
    known_by = holders(db, {normalise(movement.container) for movement in movements})
    arrived = []
    for movement in movements:
        known = known_by[normalise(movement.container)]
        near = [consignment for consignment in known if abs(consignment.opened_at - movement.at) <= _VOYAGE]
        detail = f"Conteneur {french.container(movement.container)} débarqué" + (
            f" du {movement.vessel}" if movement.vessel else ""
        )
        fact = Fact(StepStatus.DONE, movement.at, USUAL_AUTHORITY[StepKind.ARRIVAL], detail=detail)
        for consignment in near:
            settle(db, consignment, [Said(StepKind.ARRIVAL, fact)], "consignment.arrived", source)
        arrived += near
    return arrived


def observe(db: DbSession, event: StepEvent, source: Source) -> list[Consignment]:
    """A partner without a standard format told one step (contract: the JSON event)."""
    consignments = find(db, KeyKind.CHED, event.consignment)
    facts_said = facts.said_by_event(event, USUAL_AUTHORITY[event.step], source.received_at)
    for consignment in consignments:
        settle(db, consignment, [facts_said], "consignment.observed", source)
    return consignments
