using System.Text.Json;

namespace PushPruner.Lambda.Requests;

/// <summary>What <c>ListRepositories</c> is asked for.</summary>
/// <param name="NextToken">What the former answer gave; null for the first.</param>
/// <param name="Execution">The state machine's execution that asks, for the log; null where none is told.</param>
sealed record ListRepositoriesRequest(string? NextToken, string? Execution)
{
    const string Token = "nextToken";

    /// <exception cref="MalformedRequestException">Names the field, its value and what is allowed.</exception>
    public static ListRepositoriesRequest Read(JsonElement request)
    {
        var fields = new RequestFields(request, Token, ExecutionField.Name);
        return new(fields.Text(Token, text => text.Length > 0, "the nextToken of a former answer"), ExecutionField.Read(fields));
    }
}
