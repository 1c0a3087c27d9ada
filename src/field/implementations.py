"""The implementations of the field: what each needs, and the command that starts its adapter.

In a command {python} stands for the interpreter, {npm} for the directory that npm installed into, and {bin} for the one
with compiled programs, all outside the checkout. A class belongs to a Maven project, and is judged in the suite's own
process.
"""

from typing import NamedTuple, Optional, Tuple

CPU_TORCH = "torch --extra-index-url https://download.pytorch.org/whl/cpu"


class Implementation(NamedTuple):
    name: str
    command: str = ""
    pip: Tuple[str, ...] = ()
    npm: Tuple[str, ...] = ()
    source: Optional[str] = None  # compiled to {bin}/<name>
    environment: Tuple[Tuple[str, str], ...] = ()
    project: Optional[str] = None  # the folder of its pom.xml, built into {bin}/<name>
    class_name: Optional[str] = None

    @property
    def folder(self):
        """The folder of its adapter, in the checkout."""
        if self.project:
            return self.project
        path = next(word for word in [self.source, *self.command.split()] if word and word.startswith("src/adapters/"))
        return path.rsplit("/", 1)[0]


def python(name, script, *pip, **environment):
    return Implementation(name, "{python} src/adapters/" + script, pip, environment=tuple(environment.items()))


def keras(backend, package):
    return python(f"keras_{backend}", "keras/masked.py", "keras", "ml_dtypes", package, KERAS_BACKEND=backend)


def javascript(name, *options):
    command = " ".join(["node src/adapters/tensorflowjs/adapter.mjs {npm}", *options])
    return Implementation(name, command, npm=("@tensorflow/tfjs",))


ALL = [
    python("plain", "plain/adapter.py"),
    Implementation("javascript", "node src/adapters/javascript/adapter.mjs"),
    Implementation("c", "{bin}/c", source="src/adapters/c/adapter.c"),
    python("numpy", "numpy/adapter.py", "numpy"),
    Implementation("dl4j", project="src/adapters/dl4j", class_name="org.dropoutspec.adapters.dl4j.Dl4jDropout"),
    javascript("tensorflowjs"),
    javascript("tensorflowjs_layer", "--layer"),
    python("onnxruntime", "onnxruntime/adapter.py", "onnxruntime", "onnx"),
    python("pytorch", "pytorch/adapter.py", CPU_TORCH),
    python("tensorflow", "tensorflow/adapter.py", "tensorflow-cpu"),
    keras("torch", CPU_TORCH),
    keras("tensorflow", "tensorflow-cpu"),
    keras("jax", "jax"),
    python("keras_family", "keras/adapter.py", "keras", "tensorflow-cpu"),
    python("tensorflow_function", "tensorflow_function/adapter.py", "tensorflow-cpu"),
    python("tensorflow_function_xla", "tensorflow_function/adapter.py --xla", "tensorflow-cpu"),
    python("jax", "jax/adapter.py", "jax"),
    python("flax", "flax/adapter.py", "flax"),
    python("pytorch_compiled", "pytorch_compiled/adapter.py", CPU_TORCH),
    python("pytorch_compiled_budget_0", "pytorch_compiled/adapter.py --budget 0", CPU_TORCH),
]
