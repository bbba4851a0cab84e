using System.CommandLine.Parsing;
using System.CommandLine;
using PushPruner.Cli.Output;
using PushPruner.Policies;

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

    public static bool IsGiven(this ParseResult parsed, Option option) => parsed.GetResult(option) is OptionResult { Implicit: false };

    /// <summary>Those of some options that were given, as a shell takes them, a blank before each.</summary>
    public static string SaidAgain(this ParseResult parsed, IEnumerable<Option> options) =>
        string.Concat(options.Where(parsed.IsGiven).Select(o => $" {o.Name} {Shell.Quote(parsed.GetResult(o)!.Tokens.Single().Value)}"));

    public static T ValueOf<T>(this ParseResult parsed, Option<T> option, T otherwise) =>
        parsed.IsGiven(option) ? parsed.GetRequiredValue(option) : otherwise;
}
