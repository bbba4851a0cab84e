using System.CommandLine;
using System.Globalization;
using PushPruner.Cli.Layers;
using PushPruner.Cli.Plan.InUse;
using PushPruner.Cli.Saved;

namespace PushPruner.Cli.Plan;

/// <summary>The options of <c>plan</c> beside those of every command that only looks.</summary>
sealed class PlanOptions
{
    readonly Option<Price> price = Price.CreateOption();

    readonly Option<bool> details = SettingOption.Flag("--details", "A line an image with its reason, the kept ones too.");

    readonly Option<bool> json = SettingOption.Flag("--json", "Print one JSON document with every image instead of text.");

    readonly Option<bool> csv = SettingOption.Flag("--csv", "Print a line of CSV an image instead of text.");

    readonly Option<bool> layers = LayerCount.CreateOption();

    readonly Option<PlanOrder> sort = SettingOption.Of(
        "--sort",
        "size|saved|name",
        "The repositories by their size, by what is saved, or by name (if not given); the largest first.",
        ReadOrder);

    readonly Option<int> top = SettingOption.Of("--top", "N", "Show no more than N repositories; the sums are of all.", ReadTop);

    readonly Option<string[]> inUse = InUseOption.Create();

    public void AddTo(Command command)
    {
        command.AddOptions(inUse, layers, price, sort, top, details, json, csv);
        command.Validators.Add(result =>
        {
            if (result.GetResult(json) is not null && result.GetResult(csv) is not null)
                result.AddError("--json and --csv print one document each: give one of them");
            foreach (var option in (Option[])[sort, top])
            {
                if (result.GetResult(option) is not null && (result.GetResult(json) is not null || result.GetResult(csv) is not null))
                {
                    result.AddError(
                        $"{option.Name} is for the table: --json and --csv hold every repository, in the order in which they are looked "
                            + $"at");
                }
            }

            if (
                result.Children
                    .OfType<System.CommandLine.Parsing.OptionResult>()
                    .Sum(o => o.Tokens.Count(t => t.Value == TextFile.StandardInput)) > 1)
            {
                result.AddError("- is the standard input, which can be read once: give it to one of --from and --in-use");
            }
        });
    }

    public bool HasLayers(ParseResult parsed) => parsed.GetValue(layers);

    /// <summary>Null when nobody said what is in use.</summary>
    /// <exception cref="SettingException">It can't be read.</exception>
    public InUseList? ReadInUse(ParseResult parsed, TextReader input) => InUseOption.Read(parsed, inUse, input);

    public IPlanReport CreateReport(ParseResult parsed, TextWriter output)
    {
        var dollars = parsed.ValueOf(price, Price.Default);
        if (parsed.GetValue(json))
            return new JsonPlan(output, dollars);

        return parsed.GetValue(csv)
            ? new CsvPlan(output)
            : new TextPlan(
                output,
                dollars,
                new PlanLayout(
                    parsed.GetValue(details),
                    parsed.ValueOf(sort, PlanOrder.Name),
                    parsed.IsGiven(top) ? parsed.GetRequiredValue(top) : null));
    }

    static PlanOrder ReadOrder(string name, string text) => text switch
    {
        "size" => PlanOrder.Size,
        "saved" => PlanOrder.Saved,
        "name" => PlanOrder.Name,
        _ => throw new SettingException(name, text, "size, saved or name"),
    };

    static int ReadTop(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new SettingException(name, text, "a number of repositories, such as 20");
}
