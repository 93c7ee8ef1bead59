"""Marks: what a search found is shown where it stands in the text, which stays as it is written."""

import re

import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from meetings.marks import _apart, _marks, marks
from meetings.templatetags.records import mark
from meetings.words import BREAK, Term, begun, document, searchable, terms

#: Letters and signs that fold, vanish, part words or come in pairs, among all others.
TEXT = st.lists(
    st.one_of(st.sampled_from([*"aAbsS'.- 35-习近平éßſ’ガ㍿", "\u0301", "U.S.", "'s"]), st.characters()), max_size=25
).map("".join)


def marked(text: str, wanted: list[Term]) -> str:
    """The text with brackets around what is marked."""
    shown, last = "", 0
    for start, end in marks(text, wanted):
        shown += f"{text[last:start]}[{text[start:end]}]"
        last = end
    return shown + text[last:]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("varhelyi", "Olivér [Várhelyi] met"),
        ("VÁRHELYI met", "Olivér [Várhelyi] [met]"),
        ("ussr us", "the [U.S.S.R.] and the [U.S.]"),
        ("america", "[America’s] edge"),
        ("kinglynn", "[King’s-Lynn]"),
        ('"research development"', "[Research & Development]"),
        ("f35", "[F-35] and [F35]"),
        ('"f 35"', "[F-35], f 36"),
        ("alassad", "Bashar [al-Assad]"),
        ("assad", "Bashar al-[Assad]"),
        ('"bashar al assad"', "[Bashar al-Assad], Assad"),
        ("obrien", "Conan [O’Brien]"),
        ("brien", "Conan O’[Brien]"),
        ("近平", "习[近平]主席"),
        ("习近平", "[习近平]主席"),
        ("习", "[习]近平"),
        ("平", "习近[平]"),
        ("netan*", "[Netanyahu] and Neta"),
        ("netan", "Netanyahu"),
        ('"state visit"', "a [state visit], a visit of state"),
        ("strasse", "[Straße]"),
        ("ete", "[e\u0301te\u0301]"),
        ("2", "a [½] cup … of [2]"),
        ("-visit state", "a [state] visit"),
        ("script", "<[script]>&amp;"),
    ],
)
def test_marks_stand_where_the_words_are(query, shown):
    assert marked(shown.replace("[", "").replace("]", ""), terms(query)) == shown


def test_a_word_of_a_name_may_only_have_begun():
    assert marked("Olivér Várhelyi", begun("oli varh")) == "[Olivér] [Várhelyi]"
    assert marked("Olivér Várhelyi", begun("-oli varh")) == "Olivér [Várhelyi]"


@given(TEXT)
def test_every_word_by_which_a_text_is_found_is_marked(text):
    found = searchable(text).split()
    for word in found:
        assert marks(text, [Term((word,))]), word
        assert marks(text, [Term((word[:1],), beginning=True)]), word
    written = document(text).split(f" {BREAK} ")[0].split()
    for at in range(len(written)):
        assert marks(text, [Term(tuple(written[at : at + 3]))])


@given(TEXT, TEXT)
def test_marks_are_in_order_apart_and_within_the_text(text, query):
    places = [place for span in marks(text, terms(query)) for place in span]
    assert places == sorted(set(places))
    assert not places or (places[0] >= 0 and places[-1] <= len(text))
    assert bool(places) <= bool(searchable(text))


def test_a_marked_text_is_escaped_and_otherwise_as_it_was():
    assert mark("<b> & “Várhelyi”", terms("varhelyi b")) == "&lt;<mark>b</mark>&gt; &amp; “<mark>Várhelyi</mark>”"
    assert mark("<b>", ()) == "&lt;b&gt;"


@given(TEXT, TEXT)
def test_a_mark_changes_nothing_but_what_it_adds(text, query):
    shown = mark(text, [*terms(query), *terms(text)])
    assert re.sub("</?mark>", "", shown) == escape(text)


#: Words with seams, and what stands between words; some fold to none or to several characters.
TEXTS = st.lists(
    st.sampled_from(
        [
            "a",
            "b",
            "F-35",
            "al-Assad",
            "U.S.",
            "America's",
            "习近平",
            "é",
            "e\u0301",
            "ß",
            "…",
            "½",
            " ",
            " - ",
            "'",
            " & ",
            ",",
            "\n",
            "(",
            "`",
            "-",
        ]
    )
).map("".join)


@given(
    TEXTS,
    st.lists(
        st.sampled_from(["a", "b", "f35", "f", "35", "al", "assad", "us", "e", "ss", "1", "2", "12", "习近"]),
        min_size=1,
        max_size=3,
    ),
)
def test_what_is_read_around_the_words_alone_is_marked_as_in_the_whole(text, wanted):
    phrase = [Term(tuple(wanted)), Term((wanted[0],), beginning=True)]
    assert marks(text, phrase) == _apart(_marks(text, phrase))
