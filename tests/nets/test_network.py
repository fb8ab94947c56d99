import numpy as np
import pytest
import torch
from PIL import Image

from convviz.core.picture import Picture, PictureKind
from convviz.core.text import Problem, Sentence
from convviz.nets.network import Network
from convviz.nets.preprocessing import Fit, Interpolation, Preprocessing
from tests.nets.nets import Branches, filled

RNG = np.random.default_rng(9)
PHOTO = RNG.integers(0, 256, (60, 90, 3), np.uint8)
PLAIN = Preprocessing((8, 8), Fit.NONE, crop=False, channels=1, mean=(0.0,), std=(1.0,))


def network(preprocessing: Preprocessing = PLAIN) -> Network:
    return Network(filled(Branches()), "key", "Title", preprocessing, ("a",), True, Sentence("Here."))


def test_a_photograph_is_resized_and_cropped_as_pillow_does() -> None:
    for interpolation, name in ((Interpolation.BICUBIC, "BICUBIC"), (Interpolation.BILINEAR, "BILINEAR")):
        given, placement = Preprocessing(
            (24, 24),
            Fit.SHORTER,
            30,
            mean=(127.0,) * 3,
            std=(128.0,) * 3,
            scale=255.0,
            interpolation=interpolation,
        ).apply(Picture(PHOTO, "photo"))
        resized = Image.fromarray(PHOTO).resize((45, 30), getattr(Image.Resampling, name))
        expected = np.asarray(resized, np.float32)[3:27, 10:34]
        assert np.abs(given.transpose(1, 2, 0) * 128 + 127 - expected).max() <= 1.01
        assert (placement.top, placement.left, placement.scale_y, placement.scale_x) == (6, 20, 2, 2)


@pytest.mark.parametrize("channels", [1, 2, 3])
@pytest.mark.parametrize("wanted", [1, 3])
def test_any_picture_goes_into_any_network(channels: int, wanted: int) -> None:
    mean, std = (0.5,) * wanted, (0.25,) * wanted
    given, _ = Preprocessing((16, 20), Fit.EXACT, channels=wanted, mean=mean, std=std, crop=False).apply(
        Picture(PHOTO[..., :channels].copy(), "photo")
    )
    assert given.shape == (wanted, 16, 20)
    assert given.dtype == np.float32
    if channels < 3 and wanted == 3:
        np.testing.assert_array_equal(given[0], given[2])


def test_deep_pictures_are_scaled_by_their_own_range() -> None:
    values = np.array([[0, 32768, 65535]], np.float32)[..., None]
    given, _ = PLAIN.apply(Picture(values, "deep", 0.0, 65535.0))
    np.testing.assert_allclose(given[0, 0], [0, 32768 / 65535, 1], rtol=1e-6)
    given, _ = PLAIN.apply(Picture(values - 5, "grid", -5.0, 65530.0, PictureKind.GRID))
    np.testing.assert_allclose(given[0, 0], [0, 32768 / 65535, 1], rtol=1e-6)
    flat, _ = PLAIN.apply(Picture(np.full((2, 2, 1), 7, np.float32), "flat", 7.0, 7.0))
    assert not flat.any()


def test_a_crop_larger_than_the_picture_is_filled_with_black() -> None:
    given, placement = Preprocessing((6, 5), Fit.NONE, channels=1, mean=(0.0,), std=(1.0,)).apply(
        Picture(np.full((2, 9, 1), 255, np.uint8), "strip")
    )
    assert given.shape == (1, 6, 5)
    assert (given[0, 2:4] == 1).all()
    assert not given[0, [0, 1, 4, 5]].any()
    assert (placement.top, placement.left) == (-2, 2)
    assert placement.on_photo(2, 0, 1, 1) == (0, 2, 1, 1)


def test_blue_comes_first_and_dark_strokes_are_inverted_where_wanted() -> None:
    photo = Picture(PHOTO, "photo")
    zero, one = (0.0,) * 3, (1.0,) * 3
    rgb, _ = Preprocessing((60, 90), Fit.NONE, crop=False, mean=zero, std=one).apply(photo)
    bgr, _ = Preprocessing((60, 90), Fit.NONE, crop=False, mean=zero, std=one, bgr=True).apply(photo)
    np.testing.assert_array_equal(bgr, rgb[::-1])
    digit = np.full((9, 9, 1), 250, np.uint8)
    digit[3:6, 4] = 0
    light = Preprocessing((9, 9), Fit.NONE, channels=1, mean=(0.0,), std=(1.0,), light_on_dark=True)
    given, _ = light.apply(Picture(digit, "digit"))
    assert given[0, 4, 4] == 1
    assert given[0, 0, 0] == pytest.approx(5 / 255)
    np.testing.assert_allclose(light.apply(Picture(255 - digit, "digit"))[0], given, atol=1e-6)


@pytest.mark.parametrize(
    "settings",
    [{"size": (0, 5)}, {"channels": 2}, {"std": (1.0, 0.0, 1.0)}, {"mean": (1.0,)}, {"shorter": 5000}],
)
def test_settings_that_make_no_sense_get_a_sentence(settings: dict[str, object]) -> None:
    with pytest.raises(Problem):
        Preprocessing(**settings)  # type: ignore[arg-type]  # different settings, all wrong


def test_a_picture_that_is_too_large_for_a_network_gets_a_sentence() -> None:
    with pytest.raises(Problem, match="5000 × 10"):
        PLAIN.apply(Picture(np.zeros((10, 5000, 1), np.uint8), "wide"))


def test_a_trace_holds_the_input_every_layer_and_the_classes() -> None:
    done: list[float] = []
    opened = network()
    picture = Picture(PHOTO, "photo")
    trace = opened.trace(picture)
    again = opened.trace(picture, progress=done.append)
    assert again.architecture is trace.architecture
    assert done == sorted(done)
    assert done[-1] <= 1
    assert len(done) == len(trace.outputs)
    assert trace.input.shape == (1, 60, 90)
    assert not trace.input.flags.writeable
    assert [output.shape for output in trace.outputs] == [layer.shape for layer in trace.architecture.layers]
    assert trace.classes == ()
    assert trace.seconds > 0


def test_a_weight_is_replaced_and_put_back() -> None:
    opened, picture = network(), Picture(PHOTO, "photo")
    before = opened.trace(picture).outputs[-1].copy()
    own = opened.parameter("one.weight").copy()
    with pytest.raises(ValueError, match="read-only"):
        opened.parameter("one.weight")[...] = 0
    opened.replace("one.weight", np.zeros_like(own))
    opened.replace("one.weight", own * 2)
    assert opened.changed == ("one.weight",)
    assert not np.array_equal(opened.trace(picture).outputs[-1], before)
    opened.restore()
    assert not opened.changed
    np.testing.assert_array_equal(opened.trace(picture).outputs[-1], before)


def test_a_weight_that_does_not_fit_is_refused() -> None:
    opened = network()
    with pytest.raises(Problem, match="2 × 1 × 1 × 1, not 3 × 3"):
        opened.replace("one.weight", np.zeros((3, 3)))
    with pytest.raises(Problem, match="finite"):
        opened.replace("one.weight", np.full((2, 1, 1, 1), np.nan))
    with pytest.raises(KeyError):
        opened.parameter("none")
    assert not opened.changed


def test_the_architecture_is_known_before_any_picture_and_at_other_sizes() -> None:
    opened = network()
    assert opened.architecture().input_shape == (1, 8, 8)
    assert opened.architecture((1, 5, 9)).layers[-1].shape == (4, 5, 9)
    with pytest.raises(Problem, match="takes 1 channels and is given 3"):
        opened.architecture((3, 8, 8))


def test_half_precision_weights_are_made_single() -> None:
    module = filled(Branches()).half()
    opened = Network(module, "key", "Title", PLAIN, (), True, Sentence("Here."))
    assert opened.parameter("one.weight").dtype == np.float32
    assert opened.trace(Picture(PHOTO, "photo")).outputs[-1].dtype == np.float32
    assert not any(parameter.requires_grad for parameter in opened.module.parameters())
    assert isinstance(opened.module, torch.nn.Module)
