namespace PushPruner.EndToEnd.Tests.Template;

static class VariableNames
{
    /// <summary>KeepNewest is KEEP_NEWEST.</summary>
    public static string Of(string parameter) =>
        string.Concat(parameter.Select((c, at) => at > 0 && char.IsAsciiLetterUpper(c) ? $"_{c}" : $"{char.ToUpperInvariant(c)}"));
}
