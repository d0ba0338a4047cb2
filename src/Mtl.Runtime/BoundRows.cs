using Microsoft.ML.OnnxRuntime;

namespace Mtl.Runtime;

/// <summary>The native side of a binding for one number of rows.</summary>
internal sealed class BoundRows : IDisposable
{
    private readonly Executable model;
    private readonly string[] inputNames;
    private readonly string[] outputNames;
    private readonly OrtValue[] inputs;
    private readonly OrtValue[] outputs;
    private readonly OrtIoBinding? inPlace;

    /// <param name="model">What runs.</param>
    /// <param name="tensors">What it runs on.</param>
    /// <param name="readInPlace">
    /// Whether the device reads the buffers themselves, as the CPU does. Others work on copies, which an IoBinding makes once, when bound, so that
    /// later changes would go unseen; there each run passes the tensors anew, and ONNX Runtime copies them in and the results out.
    /// </param>
    public BoundRows(Executable model, BoundTensors tensors, bool readInPlace)
    {
        this.model = model;
        (inputNames, outputNames) = ([.. tensors.Inputs.Select(bound => bound.Name)], [.. tensors.Outputs.Select(bound => bound.Name)]);
        (inputs, outputs) = ([.. tensors.Inputs.Select(bound => OrtTensors.From(bound.View))], [.. tensors.Outputs.Select(bound => OrtTensors.From(bound.View))]);
        if (readInPlace)
        {
            inPlace = BindInPlace();
        }
    }

    public void Run()
    {
        if (inPlace is not null)
        {
            model.Run(inPlace);
        }
        else
        {
            model.Run(inputNames, inputs, outputNames, outputs);
        }
    }

    public void Dispose()
    {
        inPlace?.Dispose();
        Array.ForEach(inputs, value => value.Dispose());
        Array.ForEach(outputs, value => value.Dispose());
    }

    private OrtIoBinding BindInPlace()
    {
        var binding = model.CreateIoBinding();
        for (var i = 0; i < inputs.Length; i++)
        {
            binding.BindInput(inputNames[i], inputs[i]);
        }

        for (var i = 0; i < outputs.Length; i++)
        {
            binding.BindOutput(outputNames[i], outputs[i]);
        }

        return binding;
    }
}
