using PushPruner.Cli.Surveys;
using Spectre.Console;

namespace PushPruner.Cli.Plan;

/// <summary>A table of the repositories.</summary>
sealed class TextPlan(TextWriter output)
{
    readonly IAnsiConsole console = Terminal.On(output);

    public async Task<int> ShowAsync(Sighting seen, Price price)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Repository", "Images", "Kept", "Expired", "To free", "A month");
        var hasFailed = false;
        await foreach (var report in seen.Surveys)
        {
            hasFailed |= report.Error is not null;
            if (report.Survey is not { } survey)
                continue;

            var expired = survey.Expired.ToList();
            var images = survey.Images.Count();
            var gone = expired.Count(v => !v.IsFollower);
            var freed = expired.Sum(v => v.Manifest.OwnBytes);
            table.AddRow(
                new Text(Harmless.Text(survey.Repository)), new Text(Words.Number(images)), new Text(Words.Number(images - gone)), new Text(Words.Number(gone)),
                new Text(Bytes.Shown(freed)), new Text(price.Shown(freed)));
        }

        console.Write(table);
        return hasFailed ? ExitCode.SomethingFailed : ExitCode.Done;
    }
}
