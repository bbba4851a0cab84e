using System.CommandLine;
using PushPruner.Cli.Surveys;
using PushPruner.Policies;

namespace PushPruner.Cli.Report;

/// <summary><c>pushpruner report [REPOSITORY...] --html FILE</c></summary>
static class ReportCommand
{
    public static Command Create(Surroundings surroundings)
    {
        var survey = new SurveyCommand(surroundings);
        var price = Price.CreateOption();
        var html = PageFile.CreateOption("The page to write, such as report.html; - is the standard output. A file that is there is replaced.");
        html.Required = true;
        var command = new Command("report", """
            Writes a page that shows what would be deleted, why, and what it saves.

            The totals, storage over time, the repositories, and every image on a timeline; of a registry at AWS, or offline from what
            aws ecr describe-images printed. Nothing is deleted. The page is one file, opens in any browser, and asks nobody for anything.

            Permissions, on the repositories it looks at (and on * to list the registry):
              ecr:DescribeRepositories, ecr:DescribeImages, ecr:BatchGetImage, ecr:ListTagsForResource

            Reading an index counts as a pull of it at ECR.

            Examples:
              pushpruner report --html report.html
              pushpruner report team/app --html app.html --keep-newest 5 --keep-days 14 --protect-tags 'latest,release-*'
              pushpruner report --from images.json --html report.html

            Exit codes:
              0    done
              1    a repository couldn't be looked at (the page says which), or the page couldn't be written
              2    wrong usage
              130  stopped by Ctrl-C; no page is written
            """);
        command.Options.Add(html);
        command.Options.Add(price);
        survey.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            try
            {
                using var file = PageFile.Open(parsed.GetRequiredValue(html));
                return await survey.RunAsync(parsed, seen => WriteAsync(seen, parsed.ValueOf(price, Price.Default), file, surroundings), stop);
            }
            catch (SettingException e)
            {
                await surroundings.Error.WriteLineAsync(Harmless.Text(e.Message));
                return ExitCode.WrongUsage;
            }
        });
        return command;
    }

    static async Task<int> WriteAsync(Sighting seen, Price price, PageFile file, Surroundings surroundings)
    {
        var found = new Findings(seen.Policy, seen.At, price);
        await foreach (var report in seen.Surveys)
            found.Add(report);
        found.Title = seen.Source.Title;
        found.Notes = seen.Source.Notes;
        return await file.TrySaveAsync(ReportPage.Write(found), surroundings) && found.Failures.Count == 0 ? ExitCode.Done : ExitCode.SomethingFailed;
    }
}
