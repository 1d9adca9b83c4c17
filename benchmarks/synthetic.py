"""Passages for size: the sample company's own words in its own order, random vectors."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from assistant.adapters.sudachi import SudachiTokenizer
from assistant.app import sample_corpus
from assistant.corpus.text import text_key
from assistant.corpus.token_rows import MOST, packed, space_of
from assistant.domain import Company, Department, Document, Kind, Passage, Source
from assistant.ports import Store, TokenEmbedder, Vectors
from assistant.search.terms import Terms, encode

_CHARACTERS = 400
"""Length of a passage: where manuals are cut (retrieval findings, 5)."""

_PASSAGES_A_DOCUMENT = 20

_OWN_WORDS = 3
"""Words that stand in this passage alone, as part numbers do: the vocabulary grows with size."""

_PHRASES, _WORDS_A_PHRASE = 5_000, 10
"""Put together from phrases, 100,000 passages take 10 s, word by word they took minutes."""

_BATCH = 2_000

_KINDS = (Kind.MANUAL, Kind.FAQ, Kind.STORY, Kind.TEMPLATE)

COMPANY = Company("計測製作所", tuple(Department(f"第{n}部") for n in range(12)))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Some words in a row, and what the tokenizer makes of them one by one."""

    text: str
    terms: Terms


def learn() -> Sequence[Phrase]:
    """Return phrases in which words follow each other as in the sample company's own documents."""
    tokenizer = SudachiTokenizer()
    followers: dict[str, list[str]] = defaultdict(list)
    starts: list[str] = []
    for path in sorted(sample_corpus().rglob("*.md")):
        for line in path.read_text(encoding="utf-8").splitlines():
            words = [word.surface for word in tokenizer.morphemes(line)]
            starts += words[:1]
            for left, right in pairwise(words):
                followers[left].append(right)
    vocabulary = {word for words in followers.values() for word in words} | set(starts)
    terms = {
        word: Terms(tuple(tokenizer.terms(word)), tuple(tokenizer.synonyms(word)))
        for word in sorted(vocabulary)
    }
    chance = random.Random(0)
    return [_phrase(starts, followers, terms, chance) for _ in range(_PHRASES)]


def _phrase(
    starts: Sequence[str],
    followers: dict[str, list[str]],
    terms: dict[str, Terms],
    chance: random.Random,
) -> Phrase:
    words = [chance.choice(starts)]
    for _ in range(_WORDS_A_PHRASE - 1):
        words.append(chance.choice(followers.get(words[-1]) or starts))
    known = [terms[word] for word in words]
    return Phrase(
        "".join(words),
        Terms(
            tuple(term for each in known for term in each.words),
            tuple(group for each in known for group in each.groups),
        ),
    )


def publish(store: Store, size: int, *, embedder: TokenEmbedder) -> int:
    """Publish `size` passages with their terms, random vectors and tokens; returns the version.

    Terms are put together from the words', so that preparing 100,000 passages takes no
    tokenizing: what is measured afterwards reads them from the store, as after any publish.
    """
    phrases, chance = learn(), random.Random(0)
    documents: list[Document] = []
    terms: dict[str, str] = {}
    for number in range(-(-size // _PASSAGES_A_DOCUMENT)):
        count = min(_PASSAGES_A_DOCUMENT, size - number * _PASSAGES_A_DOCUMENT)
        documents.append(_document(number, count, phrases, chance, terms))
        if len(terms) >= _BATCH:
            store.save_terms(terms, tokenizer=SudachiTokenizer.name)
            terms.clear()
    store.save_terms(terms, tokenizer=SudachiTokenizer.name)
    passages = [passage for document in documents for passage in document.passages]
    vectors = np.random.default_rng(0)
    for start in range(0, len(passages), _BATCH):
        keys = [text_key(each) for each in passages[start : start + _BATCH]]
        for space, rows in _rows(len(keys), embedder, vectors):
            store.save_vectors(keys, rows, embedder=space)
    version = store.publish(COMPANY, documents, author="benchmark", summary="")
    return store.go_live(version.id).id


def _document(
    number: int, count: int, phrases: Sequence[Phrase], chance: random.Random, terms: dict[str, str]
) -> Document:
    kind = _KINDS[number % len(_KINDS)]
    source = Source(
        path=f"{kind}/{number:06}.md",
        title=f"資料{number}",
        kind=kind,
        departments=(chance.choice(COMPANY.departments).name,),
    )
    passages: list[Passage] = []
    title = (source.title, str(number))
    for place in range(count):
        said = _said(phrases, chance)
        own = [f"KT{chance.randrange(10**6):06}" for _ in range(_OWN_WORDS)]
        text = " ".join(("".join(phrase.text for phrase in said), *own))
        passage = Passage(f"{number:06}-{place:02}", source, place, (), text)
        words = [term for phrase in said for term in phrase.terms.words]
        terms[text_key(passage)] = encode(
            Terms(
                (*title, *words, *map(str.lower, own)),
                tuple(group for phrase in said for group in phrase.terms.groups),
            )
        )
        passages.append(passage)
    return Document(f"{number:06}", source, tuple(passages), digest=f"{number:06}")


def _said(phrases: Sequence[Phrase], chance: random.Random) -> list[Phrase]:
    said: list[Phrase] = []
    length = 0
    while length < _CHARACTERS:
        said.append(chance.choice(phrases))
        length += len(said[-1].text)
    return said


def _rows(
    count: int, embedder: TokenEmbedder, chance: np.random.Generator
) -> Iterator[tuple[str, Vectors]]:
    """Yield random unit vectors of passages, and of as many tokens as are kept of each."""
    tokens = _unit(chance, count, MOST, embedder.token_width)
    yield space_of(embedder.name), packed(list(tokens), width=embedder.token_width)
    yield embedder.name, _unit(chance, count, embedder.dim)


def _unit(chance: np.random.Generator, *shape: int) -> Vectors:
    rows: Vectors = chance.standard_normal(shape, dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=-1, keepdims=True)
    return rows
