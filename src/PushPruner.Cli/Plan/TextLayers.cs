using Spectre.Console;

namespace PushPruner.Cli.Plan;

/// <summary>What is really stored and freed, and why the sizes of images say otherwise.</summary>
sealed class TextLayers(PlainConsole console, Price price)
{
    static readonly Style Quiet = new(Color.Grey);

    public void Write(PlanSummary summary)
    {
        if (!summary.HasLayers)
        {
            if (summary.Totals.Expired > 0)
                console.Write("A size counts a layer in each image that has it; images share layers, and --layers tells what is really freed.", Quiet);
            return;
        }

        console.Write("");
        if (summary.Layers is not { } layers)
        {
            console.Write("No manifest could be read, so nobody knows the layers. Beside a saved listing it takes what aws ecr batch-get-image printed.");
            return;
        }

        var totals = summary.TotalsOfLayers;
        var isAll = summary.WithoutLayers == 0;
        var stored = isAll && layers.Unread == 0 ? "" : "at least ";
        var freed = (isAll, layers) switch
        {
            (_, { UnreadKept: > 0, UnreadExpired: > 0 }) or (false, { UnreadKept: > 0 }) => "about ",
            (_, { UnreadKept: > 0 }) => "at most ",
            (_, { UnreadExpired: > 0 }) or (false, _) => "at least ",
            _ => "",
        };
        console.Write(
            $"With each layer counted once a repository, {stored}{Bytes.Shown(layers.Stored)} are stored and {freed}{Bytes.Shown(layers.Freed)} would be freed, {freed}{price.Shown(layers.Freed)} a month of {price.Shown(layers.Stored)}.");
        console.Write(
            $"The sizes of the same images add up to {Bytes.Shown(totals.Bytes)} and {Bytes.Shown(totals.BytesToFree)}: there a layer counts in each image that has it, and freed is only what no kept image of the repository needs.");
        if (layers.Unread > 0)
            console.Write($"{Words.Count(layers.Unread, "manifest")} could not be read ({Words.Number(layers.UnreadKept)} kept, {Words.Number(layers.UnreadExpired)} expired).");
        if (!isAll)
            console.Write($"Of {Words.Count(summary.WithoutLayers, "repository", "repositories")} no manifest could be read, and nothing is counted in these sums.");
    }
}
