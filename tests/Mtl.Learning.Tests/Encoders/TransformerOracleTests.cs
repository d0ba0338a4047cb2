using Mtl.Core.Definitions;
using Mtl.Data.Generators;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Tests.Oracles;
using Mtl.Learning.Tests.Training;
using Mtl.Learning.Training;

namespace Mtl.Learning.Tests.Encoders;

/// <summary>The Transformer's three tasks on made-up reviews against PyTorch's own encoder layers, with the same weights and rows.</summary>
public class TransformerOracleTests
{
    private const int Rows = 24;
    private const int Layers = 2;
    private const int Heads = 3;
    private const int HeadWidth = 4;

    private static readonly ExperimentDefinition Definition = ReviewTests.Definition(
        Sample.Choice("transformer", ("layers", Layers), ("heads", Heads), ("headWidth", HeadWidth), ("expansion", 2), ("dropout", 0.0)),
        Sample.Choice("adam"),
        new TrainingDefinition { BatchSize = Rows, Threads = 1 });

    [Fact]
    public void Losses_and_gradients_are_those_of_PyTorch()
    {
        var plan = TrainingPlan.Create(Definition, Reviews.Generate(200), MethodCatalogue.Standard).Value;
        using var step = new TrainingStep(plan, threads: 1, perTask: false);
        plan.Initialize(step.Model, step.Parameters.All);
        // As initialised, biases are 0 and attention is nearly even: what is wrong with either would not show.
        var random = new Core.Random.CounterRandom(3, "oracle");
        for (var at = 0; at < step.Parameters.All.Length; at++)
            step.Parameters.All[at] += (float)(0.3 * random.Normal((ulong)at));
        var rows = plan.TrainRows[..Rows];

        step.Run(rows, 1, [1, 1, 1]);

        var expected = PythonOracle.Ask("torch", Script, new
        {
            rows = Rows,
            layers = Layers,
            heads = Heads,
            parameters = step.Model.Parameters.ToDictionary(parameter => parameter.Name, parameter => new
            {
                shape = parameter.Shape,
                values = step.Model.ValuesOf(parameter, step.Parameters.All).ToArray(),
            }),
            tokens = Of(rows, plan.Data.Categories, Reviews.MaximumTokens),
            targets = plan.Tasks.Select(task => Of(rows, task.Target.Values, task.Target.Width)),
        });
        for (var task = 0; task < plan.Tasks.Count; task++)
            step.Losses[task].ShouldBe(expected["losses"]![task]!.GetValue<float>(), 1e-5f, plan.Tasks[task].Name);
        foreach (var parameter in step.Model.Parameters)
        {
            var (own, theirs) = (step.Model.ValuesOf(parameter, step.Gradients.All).ToArray(), expected["gradients"]![parameter.Name]!.AsArray().Select(value => value!.GetValue<float>()).ToArray());
            own.ShouldBe(theirs, 1e-5f, parameter.Name);
        }
    }

    private static T[] Of<T>(int[] rows, T[] values, int width) => [.. rows.SelectMany(row => values[(row * width)..((row + 1) * width)])];

    private const string Script =
        """
        from torch import nn
        import torch.nn.functional as F
        torch.set_default_dtype(torch.float64)
        held = {name: torch.tensor(p['values']).double().reshape(p['shape']).requires_grad_() for name, p in given['parameters'].items()}
        tokens = torch.tensor(given['tokens']).reshape(given['rows'], -1)
        topic, tags, mood = [torch.tensor(t).double().reshape(given['rows'], -1) for t in given['targets']]
        own = lambda name: held['shared/encoder/' + name]
        width = own('norm/scale').shape[0]
        absent = tokens == 0
        x = own('embedding/weight')[tokens] + own('positions/weight')
        for number in range(1, given['layers'] + 1):
            module = nn.TransformerEncoderLayer(width, given['heads'], own(f'layer{number}/feedforward/hidden/bias').shape[0], 0.0, 'gelu', batch_first=True, norm_first=True)
            names = {
                'self_attn.in_proj_': 'attention/queries-keys-values', 'self_attn.out_proj.': 'attention/output', 'linear1.': 'feedforward/hidden', 'linear2.': 'feedforward/output', 'norm1.': 'norm1', 'norm2.': 'norm2'}
            values = {}
            for theirs, ours in names.items():
                values[theirs + 'weight'] = own(f'layer{number}/{ours}/scale') if 'norm' in ours else own(f'layer{number}/{ours}/weight').T
                values[theirs + 'bias'] = own(f'layer{number}/{ours}/bias')
            x = torch.nn.utils.stateless.functional_call(module, values, (x,), {'src_key_padding_mask': absent})
        x = F.layer_norm(x, (width,), own('norm/scale'), own('norm/bias'))
        here = (~absent).double()[:, :, None]
        pooled = (x * here).sum(1) / here.sum(1)
        head = lambda task, of: of @ held[f'task/{task}/head/output/weight'] + held[f'task/{task}/head/output/bias']
        losses = [
            F.cross_entropy(head('topic', pooled), topic.long()[:, 0]),
            (F.cross_entropy(head('entities', x).transpose(1, 2), tags.long(), ignore_index=-1, reduction='none').sum(1) / (tags >= 0).sum(1)).mean(),
            F.binary_cross_entropy_with_logits(head('sentiment', pooled), mood)]
        sum(losses).backward()
        answer = {'losses': [loss.item() for loss in losses], 'gradients': {name: value.grad.flatten().tolist() for name, value in held.items()}}
        """;
}
