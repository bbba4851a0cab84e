using Amazon.Lambda;
using Amazon.Lambda.Model;

namespace PushPruner.Cli.Stacks;

/// <summary>
/// A deployed stack, as the environment of its functions shows it. They are found by their variable STACK_NAME, because their names end in
/// what CloudFormation made up.
/// </summary>
static class DeployedStack
{
    const string Option = "--stack";
    const string StackName = "STACK_NAME";

    // The functions of a stack have the same settings. This one is there in every version.
    const string Handler = "OnImagePushed";

    /// <exception cref="SettingException">There is no such stack, or its settings can't be read.</exception>
    public static async Task<Basis> ReadAsync(IAmazonLambda lambda, string stack, CancellationToken stop)
    {
        var others = new SortedSet<string>(StringComparer.Ordinal);
        try
        {
            string? next = null;
            do
            {
                var page = await lambda.ListFunctionsAsync(new ListFunctionsRequest { Marker = next }, stop);
                foreach (var function in page.Functions ?? [])
                {
                    if (VariablesOf(function, stack) is not { } variables || variables.GetValueOrDefault("ANNOTATIONS_HANDLER") != Handler)
                        continue;
                    if (variables.GetValueOrDefault(StackName) == stack)
                        return Of(stack, variables);
                    others.Add(variables.GetValueOrDefault(StackName) ?? "");
                }

                next = page.NextMarker;
            }
            while (!string.IsNullOrEmpty(next));
        }
        catch (Exception e) when (ErrorText.IsOfAws(e) && !stop.IsCancellationRequested)
        {
            throw new SettingException(Option, stack, $"its functions can't be listed: {ErrorText.Describe(e)}");
        }

        var known = others.Where(n => n.Length > 0).ToList();
        var which = known.Count == 0 ? "there is none of PushPruner" : $"there is {string.Join(", ", known)}";
        throw new SettingException(Option, stack, $"the name of a stack that is deployed in this account and region; {which}");
    }

    // With a key of the customer's own, Lambda shows them only to who may decrypt with it.
    static Dictionary<string, string>? VariablesOf(FunctionConfiguration function, string stack) =>
        function.Environment?.Error is { } error && IsOf(function, stack)
            ? throw new SettingException(
                Option,
                stack,
                $"the environment of {function.FunctionName} can't be read: {error.ErrorCode}, {error.Message} (kms:Decrypt on the "
                    + $"stack's key)")
            : function.Environment?.Variables;

    static bool IsOf(FunctionConfiguration function, string stack) =>
        function.FunctionName?.StartsWith($"{stack}-{Handler}", StringComparison.Ordinal) is true;

    static Basis Of(string stack, Dictionary<string, string> variables)
    {
        string? Variable(string name) => variables.GetValueOrDefault(name);
        var settings = Settings.FromEnvironment(Variable);
        List<string> notes = [];
        if (settings.DryRun)
            notes.Add($"Stack {stack} is a dry run (DRY_RUN=true): it decides and logs, and deletes nothing.");
        if (Variable("REPOSITORIES") is { Length: > 0 } patterns and not "*")
            notes.Add($"Stack {stack} serves only the repositories that REPOSITORIES lets through ({patterns}).");
        // That binds the stack, and not who looks at it from a terminal.
        var table = Variable("INDEX_TABLE") is { Length: > 0 } name ? name : null;
        return new Basis(settings with { DryRun = false }, "stack")
        {
            IndexTable = table,
            Sentence = string.Create(
                CultureInfo.InvariantCulture,
                $"Policy{(table is null ? "" : " and table")} of stack {stack}; a run that would delete more than "
                    + $"{settings.MaxDeletes} images of a repository is halted (MAX_DELETES)."),
            Notes = notes,
        };
    }
}
