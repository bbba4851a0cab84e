namespace PushPruner.Lambda.Requests;

/// <summary>The field that links a function's log to the execution of the state machine. It changes nothing else.</summary>
static class ExecutionField
{
    public const string Name = "execution";

    const int Longest = 1_000;

    public static string? Read(RequestFields fields) =>
        fields.Text(Name, text => text.Length is > 0 and <= Longest, "the execution that asks: text of at most 1000 characters");
}
