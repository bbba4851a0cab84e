using System.CommandLine;
using PushPruner.Cli.Plan.InUse;
using PushPruner.Cli.Saved;

namespace PushPruner.Cli.Plan;

/// <summary>The options of <c>plan</c> beside those of every command that only looks.</summary>
sealed class PlanOptions
{
    readonly Option<Price> price = Price.CreateOption();

    readonly Option<bool> details = new("--details") { Arity = ArgumentArity.Zero, Description = "A line an image with its reason, the kept ones too." };

    readonly Option<bool> json = new("--json") { Arity = ArgumentArity.Zero, Description = "Print one JSON document with every image instead of text." };

    readonly Option<bool> csv = new("--csv") { Arity = ArgumentArity.Zero, Description = "Print a line of CSV an image instead of text." };

    readonly Option<bool> layers = new("--layers") { Arity = ArgumentArity.Zero, Description = "Read every manifest and count each layer once: what is really stored and freed. ECR counts it as a pull of each." };

    readonly Option<string[]> inUse = new("--in-use")
    {
        HelpName = "FILE",
        Description = "What runs, as kubectl, aws ecs and docker print it: digests or images, in files or - for the standard input. Which of it is expired is shown.",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    public void AddTo(Command command)
    {
        foreach (var option in (IEnumerable<Option>)[inUse, layers, price, details, json, csv])
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(json) is not null && result.GetResult(csv) is not null)
                result.AddError("--json and --csv print one document each: give one of them");
            if (result.Children.OfType<System.CommandLine.Parsing.OptionResult>().Sum(o => o.Tokens.Count(t => t.Value == TextFile.StandardInput)) > 1)
                result.AddError("- is the standard input, which can be read once: give it to one of --from and --in-use");
        });
    }

    public bool HasLayers(ParseResult parsed) => parsed.GetValue(layers);

    /// <summary>Null when nobody said what is in use.</summary>
    /// <exception cref="Policies.SettingException">It can't be read.</exception>
    public InUseList? ReadInUse(ParseResult parsed, TextReader input) => parsed.GetValue(inUse) is { Length: > 0 } paths ? InUseReader.Read(paths, input) : null;

    public IPlanReport CreateReport(ParseResult parsed, TextWriter output)
    {
        var dollars = parsed.ValueOf(price, Price.Default);
        if (parsed.GetValue(json))
            return new JsonPlan(output, dollars);

        return parsed.GetValue(csv) ? new CsvPlan(output) : new TextPlan(output, dollars, parsed.GetValue(details));
    }
}
