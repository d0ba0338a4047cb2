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

    public BoundRows(Executable model, BoundTensors tensors)
    {
        this.model = model;
        (inputNames, outputNames) = ([.. tensors.Inputs.Select(bound => bound.Name)], [.. tensors.Outputs.Select(bound => bound.Name)]);
        (inputs, outputs) = ([.. tensors.Inputs.Select(bound => OrtTensors.From(bound.View))], [.. tensors.Outputs.Select(bound => OrtTensors.From(bound.View))]);
        if (model.Device.Kind == DeviceKind.Cpu)
        {
            inPlace = BindInPlace();
        }
    }

    /// <summary>
    /// On the CPU through an IoBinding. Elsewhere that would copy the inputs to the device once, when bound, and never see them change;
    /// so there each run passes the tensors anew, and ONNX Runtime copies them in and the results out.
    /// </summary>
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
