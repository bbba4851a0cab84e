using System.Text.Json;

namespace AWS.Lambda.Powertools.Logging.Internal;

sealed class KeyCase(LoggerOutputCase outputCase)
{
    internal string Of(string key) => outputCase switch
    {
        LoggerOutputCase.CamelCase => JsonNamingPolicy.CamelCase.ConvertName(Pascal(key)),
        LoggerOutputCase.PascalCase => Pascal(key),
        _ => JsonNamingPolicy.SnakeCaseLower.ConvertName(key),
    };

    static string Pascal(string key) =>
        string.Concat(key.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
