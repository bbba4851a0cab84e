using System.Globalization;

namespace PushPruner.Cli.Simulate;

/// <summary>A policy to compare: its two numbers.</summary>
sealed record ComparedPolicy(int KeepNewest, TimeSpan KeepFor)
{
    public string Name => string.Create(CultureInfo.InvariantCulture, $"newest {KeepNewest}, {KeepFor.TotalDays} days");

    public string Short => string.Create(CultureInfo.InvariantCulture, $"{KeepNewest}/{KeepFor.TotalDays}");

    /// <summary>Reads N/X.</summary>
    /// <exception cref="SettingException">It is something else.</exception>
    public static ComparedPolicy Read(string name, string text) =>
        text.Split('/') is [var newest, var days]
            ? new(Setting.KeepNewest($"{name} {text}: N", newest), Setting.Days($"{name} {text}: X", days))
            : throw new SettingException(name, text, "N/X, how many of the newest and how many days, such as 10/30");
}
