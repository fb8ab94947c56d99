import numpy as np
import pytest
import torch
from skimage import data

from convviz.core.picture import Picture
from convviz.core.text import Problem
from convviz.nets import torchvision_networks
from convviz.nets.capture import capture
from convviz.nets.catalog import DEFAULT, entries, known_key, open_network, outline
from convviz.nets.records import INPUT, Architecture

SHORT = (
    "alexnet",
    "vgg11",
    "googlenet",
    "resnet18",
    "squeezenet1_0",
    "mobilenet_v3_small",
    "efficientnet_b0",
    "densenet121",
    "shufflenet_v2_x1_0",
    "vit_b_32",
    "swin_t",
)
TOTALS = {
    "alexnet": 61_100_840,
    "vgg16": 138_357_544,
    # Without its two auxiliary classifiers.
    "googlenet": 6_624_904,
    "resnet50": 25_557_032,
    "efficientnet_b0": 5_288_548,
}
# torchvision's table has these with their auxiliary classifiers.
AUXILIARY = ("googlenet", "inception_v3")
# Pictures of more numbers than these are left to the long form, and so is computing on them.
LARGE = 100_000_000


def test_the_default_network_is_there_and_knows_a_cat_and_a_cup_of_coffee() -> None:
    network = open_network(DEFAULT)
    assert network.trained
    cat = network.trace(Picture(data.chelsea(), "cat"))
    chances = dict(zip(cat.classes, cat.probabilities(), strict=True))
    # Pillow's bicubic resizing and torchvision's centre crop give these.
    for name, chance in (("tiger cat", 0.395), ("Egyptian cat", 0.355), ("tabby", 0.170)):
        assert chances[name] == pytest.approx(chance, abs=0.005)
    coffee = network.trace(Picture(data.coffee(), "coffee"))
    assert coffee.classes[int(coffee.scores.argmax())] == "espresso"
    assert coffee.probabilities().max() > 0.9


def test_the_catalogue_says_what_is_here_and_finds_names_as_people_write_them() -> None:
    known = {entry.key: entry for entry in entries()}
    assert known[DEFAULT].trained
    assert known[DEFAULT].weights == 4_652_008
    assert set(torchvision_networks.names()) < set(known)
    assert known["resnet50"].url.startswith("https://")
    assert known["resnet50"].title == "ResNet50"
    assert known_key("EfficientNet-B0") == "efficientnet_b0"
    assert known_key("ResNet 50") == "resnet50"
    with pytest.raises(Problem, match="Did you mean resnet50"):
        open_network("resnet5")
    with pytest.raises(Problem, match="convviz models"):
        open_network("xyz")


@pytest.mark.parametrize("key", TOTALS)
def test_the_weights_of_the_layers_add_up_to_the_published_totals(key: str) -> None:
    check_architecture(key, outline(key))
    assert sum(layer.weights for layer in outline(key).layers) == TOTALS[key]


def check_architecture(key: str, architecture: Architecture) -> None:
    layers = architecture.layers
    meta = torchvision_networks._weights(key).meta
    if key not in AUXILIARY:
        assert architecture.weights == meta["num_params"]
    assert sum(layer.weights for layer in layers) == architecture.weights
    # torchvision also counts what Swin V2 computes from its weights alone, whatever the picture.
    slack = 0.01 if key.startswith("swin_v2") else 0.002
    assert architecture.multiply_adds / 1e9 == pytest.approx(meta["_ops"], abs=0.001, rel=slack)
    assert [layer.index for layer in layers] == list(range(len(layers)))
    assert len({layer.name for layer in layers}) == len(layers)
    assert all(INPUT <= source < layer.index for layer in layers for source in layer.inputs)
    read = {source for layer in layers for source in layer.inputs}
    assert read == {INPUT, *range(len(layers) - 1)}
    assert layers[-1].shape == (1000,)
    assert all(layer.fields for layer in layers if layer.window)


@pytest.mark.parametrize("key", SHORT)
def test_a_network_is_stepped_through_and_its_outputs_are_torchs(key: str) -> None:
    check_steps(key)


@pytest.mark.slow
@pytest.mark.parametrize("key", sorted(set(torchvision_networks.names()) - set(SHORT)))
def test_every_network_of_torchvision_is_stepped_through(key: str) -> None:
    check_architecture(key, outline(key))
    if outline(key).weights < LARGE:
        check_steps(key)


def check_steps(key: str) -> None:
    """Every layer has the shape it is said to have, and equals what a forward hook gets."""
    network = open_network(key)
    assert not network.trained
    x = torch.rand(1, *network.preprocessing.input_shape, generator=torch.Generator().manual_seed(1))
    hooked: dict[str, torch.Tensor] = {}

    def keep(name: str) -> object:
        def hook(_part: object, _given: object, out: object) -> None:
            if isinstance(out, torch.Tensor):
                # In-place layers behind would overwrite it; met twice, the first counts.
                hooked.setdefault(name, out.clone())

        return hook

    handles = [part.register_forward_hook(keep(name)) for name, part in network.module.named_modules()]
    with torch.no_grad():
        expected = network.module(x.clone())
    for handle in handles:
        handle.remove()
    captured = capture(network.module, x.clone())
    check_architecture(key, captured.architecture)
    shared = 0
    for layer, array, tensor in zip(
        captured.architecture.layers, captured.arrays(), captured.outputs, strict=True
    ):
        assert array.shape == layer.shape
        if layer.name in hooked:
            shared += 1
            np.testing.assert_allclose(
                tensor.numpy(), hooked[layer.name].numpy(), rtol=1e-4, atol=1e-4, err_msg=layer.name
            )
    assert shared >= 10
    np.testing.assert_allclose(captured.outputs[-1].numpy(), expected.numpy(), rtol=1e-4, atol=1e-5)


def test_random_weights_repeat() -> None:
    first, second = (open_network("squeezenet1_1") for _ in range(2))
    name = "features.0.weight"
    np.testing.assert_array_equal(first.parameter(name), second.parameter(name))
    before = torch.random.get_rng_state()
    open_network("squeezenet1_1")
    assert torch.equal(before, torch.random.get_rng_state())
    assert "Untrained" in str(first.origin)


def test_trained_weights_in_torchs_cache_are_used(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("hub")
    monkeypatch.setattr(torch.hub, "_hub_dir", str(folder))
    cache = torchvision_networks.cache_folder()
    cache.mkdir(parents=True)
    module = torchvision_networks.build("googlenet")
    with torch.no_grad():
        module.fc.bias.fill_(3)
    path = cache / torchvision_networks.url("googlenet").rpartition("/")[2]
    state = module.state_dict() | {"aux1.fc2.weight": torch.zeros(2, 2)}
    torch.save(state, path)
    network = open_network("googlenet")
    assert network.trained
    assert (network.parameter("fc.bias") == 3).all()
    assert network.module.transform_input
    path.write_bytes(b"damaged")
    with pytest.raises(Problem, match="Delete the file"):
        open_network("googlenet")
