using Mtl.Core.Definitions;

namespace Mtl.Dashboard.Models;

/// <summary>A task of a definition and, where it is a template (<c>by</c> without <c>value</c>), the tasks that a run has written it out to.</summary>
/// <param name="Members">Names of the written-out tasks in order; empty for a task that is none but itself.</param>
public sealed record TaskFamily(TaskDefinition Task, IReadOnlyList<string> Members)
{
    /// <summary>The names that metrics of single tasks come under.</summary>
    public IReadOnlyList<string> Names => Members.Count > 0 ? Members : [Task.Name];

    /// <param name="tasks">The definition's.</param>
    /// <param name="keys">The run's metric keys, which name the written-out tasks.</param>
    public static IReadOnlyList<TaskFamily> Of(IReadOnlyList<TaskDefinition> tasks, IEnumerable<string> keys)
    {
        var templates = tasks.Where(IsTemplate).OrderByDescending(task => task.Name.Length).ToArray();
        if (templates.Length == 0)
            return [.. tasks.Select(task => new TaskFamily(task, []))];
        var members = keys.Select(key => MetricKey.Parse(key).Task).Distinct()
            .Where(name => !name.Contains('~', StringComparison.Ordinal) && tasks.All(task => task.Name != name))
            .ToLookup(name => templates.FirstOrDefault(task => name.StartsWith(task.Name + "-", StringComparison.Ordinal)));
        return [.. tasks.Select(task => new TaskFamily(task, IsTemplate(task) ? [.. members[task].Order(StringComparer.Ordinal)] : []))];
    }

    private static bool IsTemplate(TaskDefinition task) => task.By.Length > 0 && task.Value.Length == 0;
}
