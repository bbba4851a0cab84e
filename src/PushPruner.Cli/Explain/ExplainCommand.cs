using PushPruner.Cli.Parsing;

namespace PushPruner.Cli.Explain;

/// <summary><c>pushpruner explain REPOSITORY TAG|DIGEST</c></summary>
static class ExplainCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var options = new ExplainOptions();
        var command = new Command("explain", """
            Says of one image why it is kept and when it could go, or when and why it was deleted.

            It changes nothing. It looks at the whole repository, as a reconcile does, and decides by the stack's policy with --stack, and
            else by the rule that is given here. A repository's own resource tags (pushpruner:...) apply; of a number there and one given
            here, the one that keeps more.

            What is deleted is known to the deployed stack's table alone, for 90 days: give --stack or --index-table. So are promotions, by
            which an image that was pushed again under a new tag counts as younger. The table is only read.

            Where it says that an image goes after an instant, it goes with the first push to its repository from then on, or with the next
            reconcile; a stack that runs dry (DRY_RUN), or that would delete more than MAX_DELETES at once, deletes nothing.

            Of a registry at AWS it reads each index that --index-table doesn't know, and ECR records that as a pull of it.

            Permissions, on the repository:
              ecr:DescribeRepositories, ecr:DescribeImages, ecr:BatchGetImage, ecr:ListTagsForResource;
              with --index-table or --stack also dynamodb:BatchGetItem, GetItem and Query; with --stack lambda:ListFunctions

            Examples:
              pushpruner explain team/app 1.0.3
              pushpruner explain team/app:1.0.3 --keep-newest 5 --keep-days 14 --protect-tags 'latest,release-*'
              pushpruner explain 123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app@sha256:9f86d08 --index-table NAME
              pushpruner explain team/app:1.0.3 --stack pushpruner-prod
              pushpruner explain team/app latest --from images.json --json

            Exit codes:
              0    it is there, kept or expired, or it was deleted
              1    something failed, or nothing is known of it
              2    wrong usage, a file that can't be read, or a digest that more than one begins with
              130  stopped by Ctrl-C
            """);
        options.AddTo(command);
        command.SetAction(environment, (parsed, stop) => new ExplainRun(options, parsed, environment).RunAsync(stop));
        return command;
    }
}

sealed class ExplainOptions
{
    readonly Argument<string[]> image = new("IMAGE")
    {
        HelpName = "REPOSITORY TAG|DIGEST",
        Description =
            "One image, also as REPOSITORY:TAG or REPOSITORY@DIGEST, with or without its registry; of a digest the first 7 digits suffice.",
        Arity = new ArgumentArity(1, 2),
    };


    public SnapshotOptions Snapshot { get; } = new() { HasMaxDeletes = true };

    public void AddTo(Command command)
    {
        command.Arguments.Add(image);
        Snapshot.AddTo(command);
        command.Options.Add(Json);
        image.Validators.Add(result =>
        {
            List<string> texts = [.. result.Tokens.Select(t => t.Value)];
            if (texts.Count is 1 or 2 && !texts.Exists(t => t.StartsWith('-')) && !ImageQuery.TryRead(texts, out _))
            {
                result.AddError(
                    $"\"{SafeText.Line(string.Join(' ', texts))}\" names no image: a repository and a tag or digest, such as team/app "
                        + $"1.0.3, team/app:1.0.3 or team/app@sha256:9f86d08");
            }
        });
    }

    public Option<bool> Json { get; } = SettingOption.Flag("--json", "Print one JSON document instead of text.");

    public ImageQuery Read(ParseResult parsed) =>
        ImageQuery.TryRead(parsed.GetValue(image)!, out var query)
            ? query
            : throw new InvalidOperationException("it was read before, when it was validated");
}
