namespace PushPruner.Cli.Options;

/// <summary>The option of every command that takes its time: no word of how far it is. Errors are printed all the same.</summary>
static class QuietOption
{
    const string Name = "--quiet";

    public static void AddTo(Command command) =>
        command.Options.Add(SettingOption.Flag(Name, "Don't print progress; errors are printed all the same.", "-q"));

    public static bool IsIn(ParseResult parsed) => parsed.CommandResult.Command.Options.Any(o => o.Name == Name && parsed.IsGiven(o));
}
