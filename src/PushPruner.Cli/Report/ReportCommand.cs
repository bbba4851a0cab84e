using PushPruner.Cli.Parsing;
using PushPruner.Cli.Plan.InUse;

namespace PushPruner.Cli.Report;

/// <summary><c>pushpruner report [REPOSITORY...] --html FILE</c></summary>
static class ReportCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var snapshot = new SnapshotCommand(environment) { Options = new() { HasMaxDeletes = true } };
        var price = Price.CreateOption();
        var html = PageFile.CreateOption(
            "The page to write, such as report.html; - is the standard output. A file that is there is replaced.");
        html.Required = true;
        var layers = LayerCount.CreateOption();
        var inUse = InUseOption.Create();
        var command = new Command("report", """
            Writes a page that shows what would be deleted, why, and what it saves.

            The totals, storage over time, the repositories, and every image on a timeline; of a registry at AWS, or offline from what aws
            ecr describe-images printed. Nothing is deleted. The page is one file, opens in any browser, and asks nobody for anything.

            Sizes are upper bounds, because images share layers: --layers reads every manifest and counts each layer once.

            Permissions, on the repositories it looks at (and on * to list the registry):
              ecr:DescribeRepositories, ecr:DescribeImages, ecr:BatchGetImage, ecr:ListTagsForResource;
              with --index-table or --stack also dynamodb:BatchGetItem and Query; with --stack lambda:ListFunctions; with --layers ecr:GetAccountSetting

            Reading an index counts as a pull of it at ECR, and so does --layers for every manifest.

            Examples:
              pushpruner report --html report.html
              pushpruner report team/app --html app.html --keep-newest 5 --keep-days 14 --protect-tags 'latest,release-*'
              pushpruner report --from images.json --html report.html
              pushpruner report --stack pushpruner-prod --layers --html report.html

            Exit codes:
              0    done
              1    a repository couldn't be looked at (the page says which), or the page couldn't be written
              2    wrong usage
              130  stopped by Ctrl-C; no page is written
            """);
        command.AddOptions(html, price, layers, inUse);
        snapshot.AddTo(command);
        command.SetAction(
            environment,
            async (parsed, stop) =>
            {
                var used = InUseOption.Read(parsed, inUse, environment.Input);
                await InUseOption.WarnAsync(used, environment.Error);
                using var file = PageFile.Open(parsed.GetRequiredValue(html));
                return await snapshot.RunAsync(parsed, ShowAsync, stop);

                async Task<int> ShowAsync(SnapshotRun seen)
                {
                    var counted = parsed.GetValue(layers) ? await LayerCount.BeginAsync(seen, stop) : null;
                    var found = new Findings(seen, parsed.ValueOf(price, Price.Default), counted, used is null ? null : new Usage(used));
                    return await WriteAsync(found, file, environment, stop);
                }
            },
            SnapshotCommand.Stopped);
        return command;
    }

    static async Task<int> WriteAsync(Findings found, PageFile file, CliEnvironment environment, CancellationToken stop)
    {
        await foreach (var report in found.Seen.Surveys)
            await found.AddAsync(report, stop);
        return await file.TrySaveAsync(ReportPage.Write(found), environment) && found.Failures.Count == 0 && !found.HasFailed
            ? ExitCode.Done
            : ExitCode.SomethingFailed;
    }
}
