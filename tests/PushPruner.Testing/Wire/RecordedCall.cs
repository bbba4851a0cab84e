namespace PushPruner.Testing.Wire;

/// <param name="Target">Such as <c>DynamoDB_20120810.GetItem</c>.</param>
/// <param name="Body">As it was sent.</param>
sealed record RecordedCall(string Target, string Body)
{
    public string Operation => Target[(Target.IndexOf('.', StringComparison.Ordinal) + 1)..];
}
