using System.CommandLine.Parsing;

namespace PushPruner.Cli.Options;

/// <summary>Options that are read with the same rules as the function's environment.</summary>
static class SettingOption
{
    /// <param name="read">Throws <see cref="SettingException"/> on what it can't understand.</param>
    public static Option<T> Of<T>(string name, string shape, string description, Func<string, string, T> read) => new(name)
    {
        HelpName = shape,
        Description = description,
        CustomParser = result =>
        {
            try
            {
                return read(name, result.Tokens.Single().Value);
            }
            catch (SettingException e)
            {
                result.AddError(e.Message);
                return default;
            }
        },
    };

    /// <summary>One that takes no value.</summary>
    public static Option<bool> Flag(string name, string description, params string[] aliases) => new(name, aliases)
    {
        Arity = ArgumentArity.Zero, Description = description,
    };

    /// <summary>One that takes several files.</summary>
    public static Option<string[]> Files(string name, string description) => new(name)
    {
        HelpName = "FILE",
        Description = description,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    public static void AddOptions(this Command command, params IEnumerable<Option> options)
    {
        foreach (var option in options)
            command.Options.Add(option);
    }

    public static bool IsGiven(this ParseResult parsed, Option option) => parsed.GetResult(option) is OptionResult { Implicit: false };

    /// <summary>Those of some options that were given, as a shell takes them, a blank before each.</summary>
    public static string SaidAgain(this ParseResult parsed, IEnumerable<Option> options) =>
        string.Concat(options.Where(parsed.IsGiven).Select(o => $" {o.Name} {Shell.Quote(parsed.GetResult(o)!.Tokens.Single().Value)}"));

    public static T ValueOf<T>(this ParseResult parsed, Option<T> option, T otherwise) =>
        parsed.IsGiven(option) ? parsed.GetRequiredValue(option) : otherwise;
}

/// <summary>The option of every command that takes its time: no word of how far it is. Errors are printed all the same.</summary>
static class QuietOption
{
    const string Name = "--quiet";

    public static void AddTo(Command command) =>
        command.Options.Add(SettingOption.Flag(Name, "Don't print progress; errors are printed all the same.", "-q"));

    public static bool IsIn(ParseResult parsed) => parsed.CommandResult.Command.Options.Any(o => o.Name == Name && parsed.IsGiven(o));
}
