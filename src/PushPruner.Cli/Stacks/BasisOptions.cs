using PushPruner.Cli.Registries;

namespace PushPruner.Cli.Stacks;

/// <summary>The options that say whose policy a command starts from.</summary>
sealed class BasisOptions
{
    public Option<string> Stack { get; } = SettingOption.Of(
        "--stack",
        "NAME",
        "Judge as this deployed stack does: its policy and its table, read from its functions (lambda:ListFunctions).",
        ReadStack);

    public Option<string> PolicyFile { get; } =
        new("--policy-file")
        {
            HelpName = "FILE",
            Description =
                "Take the policy from lines such as KEEP_NEWEST=10, as the function reads its environment. Variables of these names "
                    + "count as well.",
        };

    public IEnumerable<Option> All => [Stack, PolicyFile];

    public void AddTo(Command command, AwsOptions aws)
    {
        command.AddOptions(All);
        command.Validators.Add(result =>
        {
            if (result.GetResult(Stack) is not null && result.GetResult(PolicyFile) is not null)
                result.AddError("--stack and --policy-file each give a policy: give one of them");
            if (result.GetResult(Stack) is not null && result.GetResult(aws.IndexTable) is not null)
                result.AddError("--stack has a table of its own: give it without --index-table");
        });
    }

    /// <param name="regionOfName">The region that the name of an image says; null when none does.</param>
    /// <exception cref="SettingException">There is no such stack or file, or a value can't be understood.</exception>
    public async Task<Basis> ReadAsync(
        ParseResult parsed, AwsOptions aws, CliEnvironment environment, string? regionOfName, CancellationToken stop)
    {
        if (parsed.GetValue(Stack) is { } stack)
        {
            using var lambda = AwsPlace.Of(aws, parsed, environment, regionOfName).CreateLambda();
            return await DeployedStack.ReadAsync(lambda, stack, stop);
        }

        if (parsed.GetValue(PolicyFile) is { } file)
            return Stacks.PolicyFile.Read(file, environment.Input);

        return PolicyVariables.SetIn(environment.Variable) is { Count: > 0 } set
            ? new Basis(PolicyVariables.Read(environment.Variable), "environment")
            {
                Sentence = $"Policy from the environment ({string.Join(", ", set)}).",
            }
            : Basis.Defaults;
    }

    static string ReadStack(string name, string text) =>
        text is { Length: > 0 and <= 128 } && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            ? text
            : throw new SettingException(name, text, "the name of a CloudFormation stack, such as pushpruner-prod");
}
