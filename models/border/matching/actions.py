"""Tying a consignment that nobody could be matched to, learning from it, and taking that back (SES-04)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from models.border.consignments.cheds import owner_among
from models.border.consignments.queries import seen
from models.border.consignments.settlement import seen_by
from models.border.consignments.subject import subject_of
from models.border.consignments.tables import Consignment, ConsignmentParty
from models.border.matching.policy import may_match
from models.border.matching.queries.companies import bearing, learnt_by, parties_of, tie_in_force
from models.border.matching.rules import LEARNT, decisive
from models.border.matching.tables import CompanyTie
from models.identity.accounts.viewer import Viewer
from models.identity.companies.queries import siren_within, sirens_of, written
from models.identity.companies.tables import Company, CompanyIdentifier
from models.journal.record import record
from models.kernel import clock, french
from models.kernel.database import DbSession, write
from models.kernel.identifiers import LONGEST_NAME, read_siren
from models.kernel.refusal import Refusal
from models.kernel.stamps import changed, stamp

_GONE = Refusal("Cet envoi n’existe pas ou n’est pas de votre ressort.")
_TAKEN = Refusal(
    "Cet envoi a déjà une entreprise\u00a0: quelqu’un l’a rattaché, ou un nouveau DSCE la nomme."
)
_NOT_TIED = Refusal("Ce rattachement n’est plus en vigueur\u00a0: il n’y a rien à annuler.")
_CLOSED = Refusal("Cet envoi est clos\u00a0: son rattachement ne s’annule plus.")


@dataclass(frozen=True, slots=True)
class Tied:
    """What a tie did, or its undoing. `references` are the consignments concerned, the one asked for first."""

    siren: str
    name: str
    references: tuple[str, ...]
    identifier: str


async def tie(viewer: Viewer, reference: str, typed: str, name: str = "") -> Tied | Refusal:
    """Say that the consignment `reference` is the company's whose SIREN was typed.

    The company is created under `name` when it is not known. The identifier by which the CHED names it is
    learnt: the next CHED matches by itself, and other consignments that wait under it follow, at whatever
    post. Whoever works for the company sees them at once.
    """
    number = read_siren(typed)
    refusal = may_match(viewer) or (Refusal(number.error) if number.error else None)
    if refusal is not None:
        return refusal

    def verb(db: DbSession) -> Tied | Refusal:
        consignment = _waiting(db, viewer, reference)
        if isinstance(consignment, Refusal):
            return consignment
        party = decisive(parties_of(db, consignment))
        identifier = written(party.identifier) if party else ""
        refusal = _contradiction(db, identifier, number.siren)
        company = refusal or _company(db, viewer, number.siren, name)
        if isinstance(company, Refusal):
            return company
        followers = bearing(db, identifier, None) if identifier else []
        if identifier and sirens_of(db, [identifier]).get(identifier) is None:
            db.add(CompanyIdentifier(siren=company.siren, scheme=LEARNT, value=identifier))
        db.add(
            CompanyTie(
                consignment_id=consignment.key,
                siren=company.siren,
                identifier=identifier,
                tied_at=clock.now(),
                account_id=viewer.account_id,
            )
        )
        concerned = [consignment, *(other for other in followers if other.id != consignment.id)]
        for goods in concerned:
            _give(db, viewer, goods, company.siren, identifier)
        return Tied(company.siren, company.name, tuple(other.reference for other in concerned), identifier)

    return await write(verb)


def stamp_of(tied: CompanyTie) -> str:
    """What tells this tie from any other (models/kernel/stamps.py)."""
    return stamp(tied.id, tied.siren, tied.undone_at)


async def untie(viewer: Viewer, reference: str, shown: str | None = None) -> Tied | Refusal:
    """Take back the tie of the consignment `reference`, as long as it is in force and not closed.

    What was learnt is forgotten: every consignment that the company has by that identifier alone goes back to
    the list, those that matched by themselves since included.
    """
    refusal = may_match(viewer)
    if refusal is not None:
        return refusal

    def verb(db: DbSession) -> Tied | Refusal:
        consignment = seen(db, viewer, reference)
        tied = tie_in_force(db, consignment) if consignment else None
        if consignment is None or tied is None:
            return _NOT_TIED if consignment else _GONE
        against = _CLOSED if consignment.closed_at is not None else changed(shown, stamp_of(tied))
        if against is not None:
            return against
        tied.undone_at = clock.now()
        company = db.get(Company, tied.siren)
        concerned = _forget(db, tied, consignment)
        for goods in concerned:
            _give(db, viewer, goods, _owner(db, goods, tied), tied.identifier)
        name = company.name if company else ""
        return Tied(tied.siren, name, tuple(other.reference for other in concerned), tied.identifier)

    return await write(verb)


def _waiting(db: DbSession, viewer: Viewer, reference: str) -> Consignment | Refusal:
    consignment = seen(db, viewer, reference)
    if consignment is None:
        return _GONE
    return consignment if consignment.siren is None else _TAKEN


def _contradiction(db: DbSession, identifier: str, siren: str) -> Refusal | None:
    """An identifier that is, or says, another company is not learnt for this one."""
    if not identifier:
        return None
    known = sirens_of(db, [identifier]).get(identifier) or siren_within(identifier)
    if known is None or known == siren:
        return None
    return Refusal(
        french.typeset(
            f"Le DSCE nomme l’entreprise {french.grouped(known)} ({identifier}) : "
            "l’envoi ne peut être rattaché qu’à elle."
        )
    )


def _company(db: DbSession, viewer: Viewer, siren: str, name: str) -> Company | Refusal:
    company = db.get(Company, siren)
    if company is not None:
        return company
    plain = " ".join(name.split())[:LONGEST_NAME]
    if not plain:
        return Refusal("Cette entreprise n’est pas connue du portail\u00a0: donnez son nom pour la créer.")
    company = Company(siren=siren, name=plain)
    db.add(company)
    db.flush()
    record(db, "company.added", actor=f"account:{viewer.account_id}", siren=siren)
    return company


def _give(
    db: DbSession, viewer: Viewer, consignment: Consignment, siren: str | None, identifier: str
) -> None:
    """Make the consignment `siren`'s, on it and on the party that the identifier names, and journal it."""
    before = seen_by(consignment)
    consignment.siren, consignment.changed_at = siren, clock.now()
    db.add(consignment)
    for party in parties_of(db, consignment):
        if identifier and written(party.identifier) == identifier:
            party.siren = siren
            db.add(party)
    record(
        db,
        "consignment.tied" if siren else "consignment.untied",
        actor=f"account:{viewer.account_id}",
        subject=subject_of(consignment),
        siren=siren,
        post_code=consignment.post_code,
        identifier=identifier,
        left=asdict(before),
    )


def _forget(db: DbSession, tied: CompanyTie, found: Consignment) -> list[Consignment]:
    """Forget the identifier; the consignments that were the company's by it, the one asked for first."""
    if not tied.identifier:
        return [found]
    for row in learnt_by(db, tied):
        db.delete(row)
    db.flush()
    others = bearing(db, tied.identifier, tied.siren)
    lost = [
        consignment
        for consignment in others
        if consignment.id != found.id and _owner(db, consignment, tied) != tied.siren
    ]
    return [found, *lost]


def _owner(db: DbSession, consignment: Consignment, tied: CompanyTie) -> str | None:
    """Whose the consignment is without that tie: what its CHED says, as far as we know."""
    if consignment.closed_at is not None:
        return consignment.siren
    parties: Sequence[ConsignmentParty] = parties_of(db, consignment)
    sirens = sirens_of(db, [party.identifier for party in parties])
    by_ched = owner_among(parties, sirens)
    if by_ched == tied.siren and consignment.id == tied.consignment_id:
        return None  # the CHED says so too; the officer who takes the tie back does not believe it
    return by_ched
