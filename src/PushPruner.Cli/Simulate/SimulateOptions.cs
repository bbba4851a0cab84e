using System.CommandLine;
using PushPruner.Cli.Layers;
using PushPruner.Cli.Report;

namespace PushPruner.Cli.Simulate;

/// <summary>What <c>simulate</c> takes beside what every command that only looks takes.</summary>
sealed class SimulateOptions
{
    // As many lines as a chart can tell apart, but for the one without pruning.
    const int MostRivals = Report.Charts.LineChart.MostLines - 2;

    readonly Option<ComparedPolicy[]> rivals = new("--policy")
    {
        HelpName = "N/X",
        Description = $"Compare with the newest N and X days, such as 5/14; may be given {MostRivals} times.",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result =>
        {
            var read = new List<ComparedPolicy>();
            foreach (var token in result.Tokens)
            {
                try
                {
                    read.Add(ComparedPolicy.Read("--policy", token.Value));
                }
                catch (Policies.SettingException e)
                {
                    result.AddError(e.Message);
                }
            }

            return [.. read];
        },
    };

    readonly Option<Price> price = Price.CreateOption();

    readonly Option<bool> layers = LayerCount.CreateOption();

    readonly Option<bool> json = SettingOption.Flag("--json", "Print one JSON document instead of text.");

    public Option<string[]> History { get; } = SettingOption.Files(
        "--history",
        "Look into histories of pushes, as replay reads them, instead of asking AWS: files or folders.");

    public Option<string> Html { get; } =
        PageFile.CreateOption("Write a page instead, such as simulation.html; - is the standard output. A file that is there is replaced.");

    public void AddTo(Command command)
    {
        command.AddOptions(rivals, History, layers, price, json, Html);
        command.Validators.Add(result =>
        {
            if (result.GetResult(json) is not null && result.GetResult(Html) is not null)
                result.AddError("--json and --html are two answers: give one of them");
            if (result.GetResult(layers) is not null && result.GetResult(History) is not null)
                result.AddError("--layers reads manifests, and a history of pushes has none: give it with --from or of a registry at AWS");
            if (result.GetResult(rivals) is { Tokens.Count: > MostRivals })
                result.AddError($"--policy is given more than {MostRivals} times: that many can be told apart");
        });
    }

    /// <summary>The policy in question first, then those to compare; none twice.</summary>
    public IReadOnlyList<ComparedPolicy> ReadRivals(ParseResult parsed, ComparedPolicy own) =>
        [.. (parsed.GetValue(rivals) ?? []).Prepend(own).Distinct()];

    public bool HasLayers(ParseResult parsed) => parsed.GetValue(layers);

    public Price ReadPrice(ParseResult parsed) => parsed.ValueOf(price, Price.Default);

    public bool IsJson(ParseResult parsed) => parsed.GetValue(json);
}
