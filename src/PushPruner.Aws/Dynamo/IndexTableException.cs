namespace PushPruner.Aws.Dynamo;

/// <summary>The index's table can't be used. The message names the table, the action, and the way out.</summary>
public sealed class IndexTableException : Exception
{
    IndexTableException(string table, string action, string message, Exception? inner)
        : base(message, inner)
    {
        Table = table;
        Action = action;
    }

    public string Table { get; }

    /// <summary>The action as IAM calls it, such as <c>dynamodb:Query</c>.</summary>
    public string Action { get; }

    internal static IndexTableException Missing(string table, string action, Exception inner) => new(
        table,
        action,
        $"{action} found no table \"{table}\": deploy the stack that makes it, or set INDEX_TABLE to the name of the one there is",
        inner);

    internal static IndexTableException Denied(string table, string action, Exception inner) => new(
        table,
        action,
        $"{action} on table \"{table}\" is denied: allow it in the function's role, on the table and on its indexes (<arn of the "
            + $"table>/index/*)",
        inner);

    internal static IndexTableException Silent(string table, string action, int tries) => new(
        table,
        action,
        $"{action} on table \"{table}\" left rows out {tries} times in a row: the table is throttled; a retry helps",
        inner: null);
}
