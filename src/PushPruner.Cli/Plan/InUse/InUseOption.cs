using System.CommandLine;

namespace PushPruner.Cli.Plan.InUse;

/// <summary>The option that names lists of what runs.</summary>
static class InUseOption
{
    public static Option<string[]> Create() =>
        SettingOption.Files(
        "--in-use",
        "What runs, as kubectl, aws ecs and docker print it: digests or images, in files or - for the standard input. Which of "
                    + "it is expired is shown.");

    /// <summary>Null when nobody said what is in use.</summary>
    /// <exception cref="Policies.SettingException">It can't be read.</exception>
    public static InUseList? Read(ParseResult parsed, Option<string[]> option, TextReader input) =>
        parsed.GetValue(option) is { Length: > 0 } paths ? InUseReader.Read(paths, input) : null;

    /// <summary>Names what was not understood.</summary>
    public static async Task WarnAsync(InUseList? inUse, TextWriter error)
    {
        const int mostNamed = 3;
        if (inUse is not { NotUnderstood: { Count: > 0 } places })
            return;

        foreach (var place in places.Take(mostNamed))
            await error.WriteLineAsync(SafeText.Line($"not understood: {place}"));
        if (places.Count > mostNamed)
            await error.WriteLineAsync($"and {TextFormat.Number(places.Count - mostNamed)} more not understood");
    }
}
