"""Centring takes away what vectors share."""

import numpy as np

from index.centring import FEWEST, Centring

RANDOM = np.random.default_rng(7)
SHARED = np.array([10.0, 0, 0, 0], np.float32)
OWN = RANDOM.normal(size=(FEWEST, 4)).astype(np.float32)


def test_a_shared_part_no_longer_hides_the_difference() -> None:
    passages = OWN + SHARED
    centring = Centring.of(passages, SHARED[None, :] + RANDOM.normal(size=(5, 4)).astype(np.float32) / 10)
    centred = centring.passages(passages)
    assert np.allclose(np.linalg.norm(centred, axis=1), 1)
    raw = passages / np.linalg.norm(passages, axis=1, keepdims=True)
    assert (raw @ raw.T).min() > 0.6
    assert (centred @ centred.T).min() < -0.8
    assert (centring.queries(passages) @ centred.T).argmax(axis=1).tolist() == list(range(FEWEST))


def test_few_passages_keep_their_direction() -> None:
    passages = (OWN + SHARED)[: FEWEST - 1]
    kept = Centring.of(passages, SHARED[None, :]).passages(passages)
    assert np.allclose(kept, passages / np.linalg.norm(passages, axis=1, keepdims=True), atol=1e-6)


def test_no_vector_becomes_undefined() -> None:
    same = np.tile(SHARED, (FEWEST, 1))
    assert np.isfinite(Centring.of(same, same[:1]).passages(same)).all()
