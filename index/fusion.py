"""Several rankings into one.

fuse({"dense": [("a", 0.41), ("b", 0.40)], "lexical": [("b", 7.5)]}, weights={"dense": 0.6, "lexical": 0.4})
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Ranking = Sequence[tuple[Key, float]]
"""Things with their scores, best first."""


@dataclass(frozen=True, slots=True)
class Fused(Generic[Key]):
    """One thing of the fused ranking, with its rank (from 1) in each list that holds it."""

    key: Key
    score: float
    ranks: dict[str, int]


def fuse(rankings: Mapping[str, Ranking[Key]], weights: Mapping[str, float]) -> list[Fused[Key]]:
    """The weighted sum of the lists' scores, each list stretched to 1 (its best) … 0 (its last, and what it lacks).

    Unlike fusion by ranks this keeps by how much the first is better than the second, which is what one list knows
    and the other does not (Bruch et al. 2023, "An Analysis of Fusion Functions for Hybrid Retrieval"). Ties are
    decided by the best single rank, then by the key.
    """
    scores: dict[Key, float] = {}
    ranks: dict[Key, dict[str, int]] = {}
    for name, ranking in rankings.items():
        if not ranking:
            continue
        best, last = ranking[0][1], ranking[-1][1]
        for rank, (key, score) in enumerate(ranking, start=1):
            share = (score - last) / (best - last) if best > last else 1.0
            scores[key] = scores.get(key, 0.0) + weights[name] * share
            ranks.setdefault(key, {})[name] = rank
    order = sorted(scores, key=lambda key: (-scores[key], min(ranks[key].values()), str(key)))
    return [Fused(key, scores[key], ranks[key]) for key in order]
