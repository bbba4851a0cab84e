using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace PushPruner.EndToEnd.Tests.StandIns;

/// <summary>What a function's process told the runtime API: where it posted, its headers and its body.</summary>
sealed record RuntimePost(string Path, IHeaderDictionary Headers, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}
