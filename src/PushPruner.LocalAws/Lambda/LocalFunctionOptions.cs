namespace PushPruner.LocalAws;

public sealed record LocalFunctionOptions
{
    public string AccountId { get; init; } = "123456789012";

    public string Region { get; init; } = "us-east-1";

    /// <summary>From the moment the runtime takes an invocation.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long each retry of a failed event waits. Lambda's default: two, after one minute and after two.</summary>
    public IReadOnlyList<TimeSpan> RetryDelays { get; init; } = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)];

    /// <summary>The variables that Lambda's API shows. The function's own process has those that it was started with.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The port of the runtime API; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Request and trace ids follow from it and the function's name.</summary>
    public int Seed { get; init; } = 1;
}
