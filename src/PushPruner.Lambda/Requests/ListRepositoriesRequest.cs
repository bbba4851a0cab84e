using System.Text.Json;

namespace PushPruner.Lambda.Requests;

/// <summary>The request of <c>ListRepositories</c>.</summary>
/// <param name="NextToken">The token of the previous answer; null for the first.</param>
/// <param name="Execution">The state machine's execution, for the log; null if the request has none.</param>
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
