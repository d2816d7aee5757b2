"""Names as people and palmarès spell them, on the places of the sample; codes checked by hand."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from atlaas.geography.reference import Reference
from atlaas.names.index import Index, NamedPlace, index_of
from atlaas.names.queries import words_of
from atlaas.names.resolve import resolve
from atlaas.project import Project
from support import SAMPLE

SYNDICAT = NamedPlace("x-morbihan-energies", "Morbihan Énergies", "syndicat", departements=("56",))


@pytest.fixture(scope="module")
def index() -> Index:
    return index_of(Reference(Project(SAMPLE)), [SYNDICAT])


@pytest.mark.parametrize(
    ("name", "departement", "kind", "code"),
    [
        # case, accents, ligatures, hyphens, apostrophes, St and Ste
        ("marcq en baroeul", None, None, "59378"),
        ("MARCQ-EN-BARŒUL", "59", "commune", "59378"),
        ("Hérouville St Clair", "14", "commune", "14327"),
        ("Ste-Geneviève-des-Bois", "91", None, "91549"),
        ("Villeneuve-d’Ascq", "59", "commune", "59009"),
        ("Villeneuve D'Ascq", "59", "commune", "59009"),
        ("Evin-Malmaison", "62", "commune", "62321"),
        # articles and small words
        ("l'Isle-Adam", "95", "commune", "95313"),
        ("L'Isle Adam", None, None, "95313"),
        ("Lambres-lez-Douai", "59", "commune", "59329"),
        ("Ville de Nice", None, None, "06088"),
        ("Mairie de Nice", None, None, "06088"),
        ("Commune de Nice", None, None, "06088"),
        ("Village de Nice", None, None, "06088"),
        # a parenthesis: another name, or the département
        ("Castanet-Trojan (Castanet-Tolosan)", "31", "commune", "31113"),
        ("CAPA (communauté d'agglomération du Pays ajaccien)", "2A", "epci", "242010056"),
        ("CAPA (CA du Pays ajaccien)", "2A", None, "242010056"),
        ("Merville (Nord)", None, "commune", "59400"),
        ("Merville (59)", None, "commune", "59400"),
        ("St-Denis (Réunion)", None, None, "97411"),
        ("Château-Chinon (Ville)", None, None, "58062"),
        ("Asnières", "92", "commune", "92004"),  # the name of Asnières-sur-Seine until 1968
        # EPCI
        ("Métropole européenne de Lille", None, None, "200093201"),
        ("communauté de communes Erdre et Gesvres", "44", "epci", "244400503"),
        ("Communauté d'Agglomération du Centre Littoral", "973", "epci", "249730045"),
        ("CA Amiens Métropole", "80", "epci", "248000531"),
        ("Sète agglopôle Méditerranée", "34", "epci", "200066355"),
        ("agglo de Châteauroux", None, None, "243600327"),
        ("Agglomération de Châteauroux", None, None, "243600327"),
        ("CA Châteauroux Agglomération", None, None, "243600327"),  # « CA Châteauroux Métropole »
        ("Intercommunalité du Pays ajaccien", None, None, "242010056"),
        ("Communauté urbaine d'Arras", None, None, "200033579"),
        ("CU Arras", None, "epci", "200033579"),
        ("Métropole de Lyon", None, None, "200046977"),
        ("Établissement public territorial Plaine Commune", None, None, "200057867"),
        ("CC Albères Côte Vermeille Illibéris", "66", None, "200043602"),
        ("EPT Plaine Commune", None, None, "200057867"),
        ("Est Ensemble", "93", "ept", "200057875"),
        # départements, régions, collectivités
        ("Département de l'Ardèche", None, None, "dep-07"),
        ("Département des Deux-Sèvres", None, None, "dep-79"),
        ("Conseil départemental du Lot", None, None, "dep-46"),
        ("Région Bourgogne-Franche-Comté", "21", None, "reg-27"),
        ("Collectivité territoriale de Saint-Pierre-et-Miquelon", None, None, "dep-975"),
        ("Territoire des îles Wallis et Futuna", "986", None, "dep-986"),
        ("Collectivité de Corse", None, None, "reg-94"),
        ("Collectivité d'outre-mer de Saint-Barthélemy", None, None, "dep-977"),
        ("Collectivité d'outre-mer de Saint-Martin", None, None, "dep-978"),
        ("Collectivité territoriale unique de Corse", None, None, "reg-94"),
        ("Collectivité territoriale de Guyane", None, None, "dep-973"),
        ("Collectivité de Mayotte", None, None, "dep-976"),
        ("Conseil général du Lot", None, None, "dep-46"),
        ("Conseil régional de Bretagne", None, None, "reg-53"),
        ("Paris", None, None, "75056"),
        ("Paris", None, "departement", "dep-75"),
        # former communes lead to the present one
        ("Oullins", "69", None, "69149"),
        ("Notre-Dame-de-Gravenchon", "76", "commune", "76476"),
        ("Saint-Lieux-Lafenasse", "81", None, "81233"),
        # sur and sous, an article or a canton behind the name
        ("LE MEE/SEINE", "77", None, "77285"),
        ("Aulnay s/s Bois", None, None, "93005"),
        ("Neuilly ss Marne", None, None, "93050"),  # there is no other
        ("Ville-Dieu-du-Temple (La)", None, None, "82096"),
        ("Château-Chinon (Ville)", "58", None, "58062"),
        ("Castillon (Canton de Lembeye)", None, None, "64182"),
        # homonyms, told apart by the département
        ("Blanquefort", "33", "commune", "33056"),
        ("Saint-Denis", "974", "commune", "97411"),
        ("Allonnes", "72", "commune", "72003"),
        # a territory that only its own file names
        ("Morbihan Énergies", "56", None, "x-morbihan-energies"),
    ],
)
def test_settled(
    index: Index, name: str, departement: str | None, kind: str | None, code: str
) -> None:
    result = resolve(name, index=index, departement=departement, kind=kind)
    assert (result.status, result.code) == ("settled", code)
    assert [c.code for c in result.candidates] == [code]


@pytest.mark.parametrize(
    ("name", "departement", "kind", "codes", "reason"),
    [
        ("Allonnes", None, "commune", {"28004", "49002", "72003"}, "homonyme"),
        ("Quézac", None, None, {"15157", "48146"}, "homonyme, ou ancien nom"),
        ("La Réunion", None, None, {"47222", "dep-974", "reg-04"}, "homonyme"),
        ("CAPA (Pays ajaccien)", "2A", None, {"242010056"}, "intercommunalité de ce nom"),
        ("Hazebrouk", "59", "commune", {"59295"}, "écriture proche"),
        ("Vandoeuvre", "54", "commune", {"54547"}, "début du nom"),
        ("Ramonville", "31", None, {"31446"}, "début du nom"),
        ("Roubaix", "62", "commune", {"59512"}, "de ce nom, mais hors du département 62"),
        ("communauté urbaine du Grand Nancy", "54", "epci", {"245400676"}, "métropole"),
        ("CA Caux Vallée de Seine", "76", "epci", {"200010700"}, "mots communs"),
    ],
)
def test_doubtful_is_never_settled(
    index: Index, name: str, departement: str | None, kind: str | None, codes: set[str], reason: str
) -> None:
    result = resolve(name, index=index, departement=departement, kind=kind)
    assert (result.status, result.code) == ("doubtful", None)
    assert {c.code for c in result.candidates} == codes
    assert reason in result.candidates[0].reason


@pytest.mark.parametrize(
    "name", ["Xyzville-sur-Rien", "", "()", "…", "Syndicat mixte Sarthe Numérique"]
)
def test_unknown(index: Index, name: str) -> None:
    result = resolve(name, index=index)
    assert (result.status, result.code, result.candidates) == ("unknown", None, ())


@pytest.mark.parametrize(
    ("name", "departement", "kind", "candidates"),
    [
        ("Nice", None, None, [("06088", "même nom (06)")]),
        ("Corse", None, None, [("reg-94", "même nom")]),  # a région is in no département
        ("Oullins", "69", None, [("69149", "ancienne commune, aujourd'hui dans celle-ci (69)")]),
        ("Blanquefort", None, None, [("33056", "homonyme (33)"), ("32056", "homonyme (32)")]),
        ("CC Lyon", None, None, [("200046977", "de même nom, mais c'est une métropole (69)")]),
        # what is near in the département, then elsewhere
        (
            "Caux",
            "76",
            None,
            [
                ("200010700", "début du nom (76)"),
                ("34063", "de ce nom, mais hors du département 76 (34)"),
            ],
        ),
        ("Xarsille", None, None, [("13055", "écriture proche (13)")]),  # 7 letters of 8 and of 9
        (
            "Amien Agglo",
            "80",
            None,
            [("248000531", "écriture proche (80)"), ("80021", "écriture proche (80)")],
        ),
        ("CC Caux", "76", None, [("200010700", "début du nom (76)")]),
        ("CC Est Marne et Bois", "94", None, [("200057941", "écriture proche (94)")]),
        ("Saint-Deni", "974", None, [("97411", "mots du nom (974)")]),  # none of its homonyms
        ("Le", None, None, []),
    ],
)
def test_candidates_and_their_reasons(
    index: Index,
    name: str,
    departement: str | None,
    kind: str | None,
    candidates: list[tuple[str, str]],
) -> None:
    result = resolve(name, index=index, departement=departement, kind=kind)
    assert [(c.code, c.reason) for c in result.candidates] == candidates


@pytest.mark.parametrize(
    ("name", "departement", "codes"),
    [
        # the largest that is called so and the one that carries the name, the larger first
        ("Charleville", None, ["08105", "51129"]),
        ("Romans", None, ["26281", "01328"]),
        ("Marcq", "59", ["59378", "59379"]),
        ("Chalon", "71", ["71076"]),  # before the intercommunalité that is called so
        ("Asnières", None, ["92004", "27021"]),
        ("Saint-Martin", "38", ["38421"]),  # before the collectivité, which is in no département
        ("Saint-Pierre", None, ["97416", "97502", "97225", "67429"]),
        ("La Rochelle", None, ["17300", "70450"]),
        ("Lyon 3e Arrondissement", "69", ["69123"]),
        ("Thonon", "74", ["74281", "200067551"]),
        ("Roques-sur-Garonne", "31", ["31458"]),
        ("CC Vallée", None, ["249500455", "200041168"]),  # before a larger body, no CC
        ("Leforest", None, ["62497", "80521"]),  # before Maurepas, which took in a Leforest
        ("Chapelle, La", "73", ["73074"]),  # « La Chapelle-… » are larger
    ],
)
def test_the_likeliest_is_offered_first(
    index: Index, name: str, departement: str | None, codes: list[str]
) -> None:
    result = resolve(name, index=index, departement=departement)
    assert (result.status, result.code) == ("doubtful", None)
    assert [c.code for c in result.candidates][: len(codes)] == codes


def test_a_city_is_not_settled_where_an_epci_is_asked_for(index: Index) -> None:
    result = resolve("Ville de Nice", index=index, kind="epci")
    assert (result.status, result.code) == ("doubtful", None)


def test_unknown_kind_is_refused(index: Index) -> None:
    with pytest.raises(ValueError, match="kind"):
        resolve("Nice", index=index, kind="planète")


def test_every_current_commune_finds_itself(index: Index) -> None:
    """With its département, a commune is settled or one of homonyms, never another one."""
    for known in list(index.known.values())[::25]:
        if known.kind == "commune":
            [departement] = known.departements
            result = resolve(known.name, index=index, departement=departement, kind="commune")
            assert known.code in {c.code for c in result.candidates}


def test_words_of() -> None:
    assert words_of("St-Médard-en-Jalles") == ("saint", "medard", "en", "jalles")
    assert words_of("Val d’Isère") == ("val", "d", "isere")


def test_a_commune_dissolved_into_several_is_asked(tmp_path: Path) -> None:
    """As Hocmont in 1968: what won a label there is nobody's alone."""
    shutil.copytree(SAMPLE / "data" / "reference", tmp_path / "data" / "reference")
    with (tmp_path / "data/reference/mouvements.csv").open("a", encoding="utf-8") as moves:
        moves.write("59999,Hocmont,59350,Lille,code disparu,suppression,1968-03-02,oui\n")
    split = index_of(Reference(Project(tmp_path)))
    result = resolve("Hocmont", index=split)
    assert (result.status, [c.code for c in result.candidates]) == ("doubtful", ["59350"])
    assert "partagée entre plusieurs" in result.candidates[0].reason
