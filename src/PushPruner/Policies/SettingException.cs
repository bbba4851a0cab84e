namespace PushPruner.Policies;

/// <summary>A value of the configuration that can't be understood. Nothing falls back to a default, and never to "no protection".</summary>
public sealed class SettingException(string name, string? value, string allowed)
    : Exception(value is null ? $"{name} is not set: {allowed}" : $"{name} is \"{value}\": {allowed}")
{
    /// <summary>The environment variable, resource tag or option.</summary>
    public string Name { get; } = name;
}
