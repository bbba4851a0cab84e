using CsCheck;

namespace PushPruner.Tests.Model;

/// <summary>What became of one model: whether all of its histories were looked at, and which promise catches each defect.</summary>
/// <param name="Note">What CsCheck found odd about the model; null when nothing.</param>
/// <param name="Idle">Requirements and actions that were never put to use, and requirements that no defect is caught by.</param>
sealed record Exploration(
    string Name,
    bool IsClosed,
    int States,
    long Transitions,
    int Deadlocks,
    string? Note,
    IReadOnlyList<string> Idle,
    IReadOnlyList<SpecFaultResult> Faults,
    string Text)
{
    public static Exploration Of<T>(string name, Spec<T> proved, Spec<T> broken)
        where T : struct, IEquatable<T>
    {
        var report = proved.Exhaustive();
        var faults = broken.Faults(throwOnUncaught: false);
        return new Exploration(
            name,
            report.Closed,
            report.States,
            report.Transitions,
            report.DeadlockStates,
            report.Note,
            [.. report.NeverTriggered, .. report.NeverFired, .. faults.Unexercised],
            faults.Results,
            $"{report}\n{faults}");
    }
}
