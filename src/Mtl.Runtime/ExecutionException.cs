namespace Mtl.Runtime;

/// <summary>ONNX Runtime gave up during a run whose inputs were right: out of memory, a lost device, an operator's own failure.</summary>
public sealed class ExecutionException(string message, Exception inner) : Exception(message, inner);
