//! The beginning of a session: who we are, and the proof of it.

use std::io;

use fallible_iterator::FallibleIterator;
use postgres_protocol::authentication::md5_hash;
use postgres_protocol::authentication::sasl::{ChannelBinding, SCRAM_SHA_256, ScramSha256};
use postgres_protocol::message::{backend, frontend};

use super::super::{Address, ServerError};
use super::{Status, Wire};
use crate::Error;
use crate::postgres::error::{refused, unreachable};

impl Wire {
    /// Says who we are and waits until the server is ready.
    pub(super) fn start(&mut self, address: &Address) -> Result<(), Error> {
        let failed = |error: io::Error| unreachable(address, &error);
        let fixed = [
            ("user", address.user.as_str()),
            ("database", &address.database),
            ("application_name", &address.application_name),
            // What a server prints must not depend on how it is configured. PgBouncer knows these three.
            ("client_encoding", "UTF8"),
            ("DateStyle", "ISO, MDY"),
        ];
        let settings = address.settings.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        frontend::startup_message(fixed.into_iter().chain(settings), &mut self.output)
            .map_err(failed)?;
        let mut scram: Option<ScramSha256> = None;
        loop {
            match self.startup_message().map_err(failed)? {
                backend::Message::AuthenticationOk => {}
                backend::Message::AuthenticationCleartextPassword => {
                    if !self.encrypted && !address.host.is_local() {
                        return Err(refused(
                            address,
                            "the server asks for the password in clear text on a connection that is not encrypted",
                        ));
                    }
                    frontend::password_message(password(address)?, &mut self.output)
                        .map_err(failed)?;
                }
                backend::Message::AuthenticationMd5Password(body) => {
                    let hash = md5_hash(address.user.as_bytes(), password(address)?, body.salt());
                    frontend::password_message(hash.as_bytes(), &mut self.output)
                        .map_err(failed)?;
                }
                backend::Message::AuthenticationSasl(body) => {
                    let known = body.mechanisms().any(|name| Ok(name == SCRAM_SHA_256));
                    if !known.map_err(failed)? {
                        return Err(refused(
                            address,
                            "the server knows no way to log in that this build knows; it knows SCRAM-SHA-256",
                        ));
                    }
                    let exchange =
                        ScramSha256::new(password(address)?, ChannelBinding::unsupported());
                    frontend::sasl_initial_response(
                        SCRAM_SHA_256,
                        exchange.message(),
                        &mut self.output,
                    )
                    .map_err(failed)?;
                    scram = Some(exchange);
                }
                backend::Message::AuthenticationSaslContinue(body) => {
                    let exchange = scram.as_mut().ok_or_else(|| failed(unexpected()))?;
                    exchange.update(body.data()).map_err(failed)?;
                    frontend::sasl_response(exchange.message(), &mut self.output)
                        .map_err(failed)?;
                }
                // The server proves here that it knows the password too.
                backend::Message::AuthenticationSaslFinal(body) => {
                    let exchange = scram.as_mut().ok_or_else(|| failed(unexpected()))?;
                    exchange.finish(body.data()).map_err(failed)?;
                }
                backend::Message::AuthenticationGss
                | backend::Message::AuthenticationKerberosV5
                | backend::Message::AuthenticationScmCredential
                | backend::Message::AuthenticationSspi => {
                    return Err(refused(
                        address,
                        "the server asks for Kerberos or GSSAPI, which this build does not speak; use a password",
                    ));
                }
                backend::Message::ErrorResponse(body) => {
                    return Err(unopened(address, &ServerError::read(body.fields())));
                }
                backend::Message::BackendKeyData(body) => {
                    self.key = Some((body.process_id(), body.secret_key()));
                }
                backend::Message::ParameterStatus(body) => self.parameter_status(&body),
                backend::Message::NoticeResponse(body) => {
                    self.notices.push(ServerError::read(body.fields()));
                }
                backend::Message::ReadyForQuery(body) => {
                    self.status = Status::read(body.status()).unwrap_or(Status::Idle);
                    return Ok(());
                }
                _ => return Err(failed(unexpected())),
            }
        }
    }

    fn startup_message(&mut self) -> io::Result<backend::Message> {
        self.send_now()?;
        let frame = self.frame()?;
        self.parsed(frame)
    }
}

fn unexpected() -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        "the server does not follow the protocol of logging in",
    )
}

fn password(address: &Address) -> Result<&[u8], Error> {
    match &address.password {
        Some(password) => Ok(password.as_bytes()),
        None => Err(refused(address, "the server asks for a password, and the URL has none")),
    }
}

/// What the server's refusal to begin a session means, and what to do about it.
fn unopened(address: &Address, error: &ServerError) -> Error {
    let help = match error.state.as_str() {
        "28P01" | "28000" => {
            "look at the user and the password in the URL, and at the server's pg_hba.conf"
        }
        "3D000" => "make the database first, or look at its name in the URL",
        "53300" => {
            "other sessions have taken all the connections; end some, or raise max_connections"
        }
        "57P03" => "the server is starting or stopping; try again in a moment",
        _ => {
            return Error::CannotOpen {
                url: address.url(),
                reason: error.to_string(),
                state: Some(error.state.clone()),
            };
        }
    };
    Error::CannotOpen {
        url: address.url(),
        reason: format!("{error}; {help}"),
        state: Some(error.state.clone()),
    }
}
