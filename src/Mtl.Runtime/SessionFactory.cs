using Microsoft.ML.OnnxRuntime;
using Mtl.Core;

namespace Mtl.Runtime;

/// <summary>Makes ONNX Runtime sessions.</summary>
internal static class SessionFactory
{
    private const string CudaProvider = "CUDAExecutionProvider";

    private static readonly OrtEnv Environment = QuietEnvironment();

    public static string Version => Environment.GetVersionString();

    public static bool HasCudaProvider => Environment.GetAvailableProviders().Contains(CudaProvider);

    public static Result<InferenceSession> Create(byte[] onnx, string name, ExecutableOptions options)
    {
        if (options.Device.Kind == DeviceKind.Cuda && !HasCudaProvider)
        {
            return Error.Unavailable(
                $"Model '{name}' was asked to run on {options.Device}, but this build of ONNX Runtime {Version} has no CUDA provider; "
                + $"it has: {string.Join(", ", Environment.GetAvailableProviders())}.",
                "Use device cpu, or build with MTL_ONNXRUNTIME=gpu where the package Microsoft.ML.OnnxRuntime.Gpu restores.");
        }

        try
        {
            using var native = Native(options);
            return new InferenceSession(onnx, native);
        }
        catch (OnnxRuntimeException e)
        {
            return Error.Invalid(
                $"Model '{name}' ({onnx.Length} bytes) cannot be loaded by ONNX Runtime {Version} on {options.Device}: {e.Message}",
                "Check that the bytes are a whole ONNX model, and that its operator sets are ones this version knows.");
        }
    }

    private static SessionOptions Native(ExecutableOptions options)
    {
        var native = new SessionOptions
        {
            IntraOpNumThreads = options.Threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            EnableMemoryPattern = options.MemoryPattern,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            GraphOptimizationLevel = options.Optimization switch
            {
                OptimizationLevel.None => GraphOptimizationLevel.ORT_DISABLE_ALL,
                OptimizationLevel.Basic => GraphOptimizationLevel.ORT_ENABLE_BASIC,
                OptimizationLevel.Extended => GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
                _ => GraphOptimizationLevel.ORT_ENABLE_ALL,
            },
        };
        native.AddSessionConfigEntry("session.use_deterministic_compute", "1");
        native.AddSessionConfigEntry("session.intra_op.allow_spinning", options.AllowSpinning ? "1" : "0");
        if (options.Device.Kind == DeviceKind.Cuda)
        {
            native.AppendExecutionProvider_CUDA(options.Device.Id);
        }

        return native;
    }

    private static OrtEnv QuietEnvironment()
    {
        var environment = OrtEnv.Instance();
        environment.DisableTelemetryEvents();
        return environment;
    }
}
