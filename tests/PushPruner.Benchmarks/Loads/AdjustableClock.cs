namespace PushPruner.Benchmarks.Loads;

/// <summary>The machine's clock, set back while a repository gets its past.</summary>
sealed class AdjustableClock : TimeProvider
{
    public TimeSpan Back { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - Back;
}
