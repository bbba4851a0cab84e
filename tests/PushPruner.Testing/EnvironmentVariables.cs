namespace PushPruner.Testing;

/// <summary>Variables of the process for the length of a test; the tests that set some run one after the other.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class EnvironmentVariables : IDisposable
{
    readonly Dictionary<string, string?> _before = new(StringComparer.Ordinal);

    public void Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }

    public void Dispose()
    {
        foreach (var (name, value) in _before)
            Environment.SetEnvironmentVariable(name, value);
    }
}
