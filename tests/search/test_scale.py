import numpy as np

from assistant.search.scale import CosineScale


def test_cosines_are_told_on_the_one_scale_in_the_same_order() -> None:
    own = np.array([0.70, 0.75, 0.90], dtype=np.float32)
    told = CosineScale(zero=0.5, step=0.5).told(own)
    assert np.allclose(told, [0.85, 0.875, 0.95])


def test_a_passage_without_a_vector_stays_without_a_cosine() -> None:
    told = CosineScale(zero=0.5, step=0.5).told(np.zeros(2, dtype=np.float32))
    assert told.tolist() == [0.0, 0.0]
