using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mtl.Benchmarks.Methods;

/// <summary>
/// Outcomes that outlive a call that is cut off: a file among the system's temporary ones, written after each. A run whose definition changed is another run; what was refused or broke is tried again, since
/// the program may have changed.
/// </summary>
internal sealed class OutcomeStore
{
    private static readonly string File = Path.Combine(Path.GetTempPath(), "mtl-bench-methods.json");

    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly Dictionary<string, Outcome> outcomes;
    private readonly Lock gate = new();

    public OutcomeStore(bool fresh) => outcomes = !fresh && System.IO.File.Exists(File) ? Read() : [];

    public Outcome? Find(RunCase run)
    {
        lock (gate)
            return outcomes.GetValueOrDefault(KeyOf(run));
    }

    /// <summary>Whether the run need not be done again.</summary>
    public bool Has(RunCase run) => Find(run) is { } outcome && (outcome.Reason.Length == 0 || outcome.Reason == RunCase.OverTime);

    public void Add(RunCase run, Outcome outcome)
    {
        lock (gate)
        {
            outcomes[KeyOf(run)] = outcome;
            System.IO.File.WriteAllText(File + ".new", JsonSerializer.Serialize(outcomes, Json));
            System.IO.File.Move(File + ".new", File, overwrite: true);
        }
    }

    private static Dictionary<string, Outcome> Read()
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, Outcome>>(System.IO.File.ReadAllText(File), Json) ?? [];
        }
        catch (JsonException)
        {
            Console.WriteLine($"{File} can't be read and is begun anew.");
            return [];
        }
    }

    private static string KeyOf(RunCase run) =>
        $"{run.Problem.Name}|{run.Method.Key}|{run.Seed}|{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(run.Problem.Description + run.Definition.ToJsonString())))[..12]}";
}
